/** The fields of a form as a script reads and fills them, whatever the form is about. */

export type Values = Readonly<Record<string, readonly string[]>>;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const fieldsWithin = (part: Element): Field[] => [
	...part.querySelectorAll<Field>('input[name], textarea[name], select[name]')
];

const isMark = (field: Field): field is HTMLInputElement =>
	field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');

const isHidden = ({ type }: Field) => type === 'hidden';

/** Name → what would be sent; also of fields that are switched off. */
export function valuesIn(part: Element): Record<string, string[]> {
	const values: Record<string, string[]> = {};
	for (const field of fieldsWithin(part)) {
		if (isMark(field) && !field.checked) continue;
		(values[field.name] ??= []).push(field.value);
	}
	return values;
}

/** Whether somebody has changed what the page came with. */
export function isChanged(part: Element): boolean {
	return fieldsWithin(part).some((field) => {
		if (isMark(field)) return field.checked !== field.defaultChecked;
		if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
		const given = [...field.options].find(({ defaultSelected }) => defaultSelected);
		return field.value !== (given ?? field.options[0])?.value;
	});
}

/**
 * Makes the fields say this and nothing else; hidden ones stay as they are. From then on it is what the
 * page came with.
 */
export function fillIn(part: Element, values: Values): void {
	for (const field of fieldsWithin(part)) {
		const own = Object.hasOwn(values, field.name) ? (values[field.name] ?? []) : [];
		if (isHidden(field)) continue;
		if (isMark(field)) field.checked = field.defaultChecked = own.includes(field.value);
		else if (field instanceof HTMLSelectElement) choose(field, own[0] ?? '');
		else field.value = field.defaultValue = own[0] ?? '';
	}
}

function choose(field: HTMLSelectElement, value: string): void {
	for (const option of field.options) option.defaultSelected = option.value === value;
	field.value = value;
}

/** Pairs, as a form sends them, by name. */
export function byName(pairs: readonly (readonly [name: string, value: string])[]): Values {
	const values: Record<string, string[]> = {};
	for (const [name, value] of pairs) (values[name] ??= []).push(value);
	return values;
}

/**
 * What somebody has filled in, in words: for each question its text and the options chosen, for each
 * other field its label and what is written. For reading and copying.
 */
export function wordsIn(form: Element): string {
	const lines = fieldsWithin(form)
		.filter((field) => !isHidden(field) && (!isMark(field) || field.checked))
		.map((field) => lineOf(field, form))
		.filter((line) => line !== '');
	return lines.join('\n');
}

function lineOf(field: Field, form: Element): string {
	const said = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text : field.value;
	const written = isMark(field) ? labelOf(field) : (said ?? '').trim();
	const empty = field instanceof HTMLSelectElement ? field.value === '' : written === '';
	if (empty) return '';
	const question = field.closest('fieldset')?.querySelector('legend');
	const asked = question && form.contains(question) ? textOf(without(question, '.meta')) : '';
	const label = isMark(field) ? '' : labelOf(field);
	const before = [asked, label].filter((text) => text !== '').join(' · ');
	return before === '' ? written : `${before}: ${written}`;
}

function labelOf(field: Field): string {
	const label = field.labels?.[0];
	if (!label) return '';
	return textOf(without(label, 'input, select, textarea'));
}

function without(element: Element, parts: string): Element {
	const copy = element.cloneNode(true) as Element;
	for (const part of copy.querySelectorAll(parts)) part.remove();
	return copy;
}

const textOf = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
