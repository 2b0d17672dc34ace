import type { BackToForm } from './refusals.ts';

/** What an action of the page answered; not every answer is a form that came back. */
type Returned = { [Part in 'action' | 'fields' | 'typed']?: BackToForm[Part] | undefined };

/** Whether it was this form of the page that came back: by its action and, in a list, by the fields that name its row. */
export function isReturned(
	form: Returned | null | undefined,
	action: string,
	row: Readonly<Record<string, string>> = {}
): boolean {
	if (form?.action !== action) return false;
	return Object.entries(row).every(([name, value]) => form.typed?.[name] === value);
}

/** Names of the fields of this form that were refused; none when it was another form of the page. */
export function faultyIn(
	form: Returned | null | undefined,
	action: string,
	row: Readonly<Record<string, string>> = {}
): readonly string[] {
	return isReturned(form, action, row) ? (form?.fields ?? []) : [];
}
