/**
 * What is chosen in a quiz and not yet sent, kept on the phone: a tab that the phone closes, or a page
 * that is loaded anew, begins where its person stopped. It goes when the form is sent.
 */
import { m } from '#lib/paraglide/messages.js';
import type { Outbox } from '#lib/platform/outbox/outbox.ts';
import { fillIn, valuesIn, type Values } from '#lib/ui/fields.ts';
import type { CoursePage } from './enhancer.ts';

const nameOf = ({ dataset }: HTMLFormElement) =>
	`draf:${dataset.operation ?? ''}:${dataset.subject ?? ''}`;

export async function keepDrafts({ root, locale }: CoursePage, outbox: Outbox): Promise<void> {
	const forms = root.querySelectorAll<HTMLFormElement>('form[data-operation][data-each]');
	for (const form of forms) {
		const draft = await outbox.recall<Values>(nameOf(form));
		// A form that came back from the server brings what was in it.
		if (draft && isBlank(form)) {
			fillIn(form, draft);
			if (!isBlank(form)) tell(form, m.courses_draft_back({}, { locale }));
		}
		// Where the phone is full the page goes on as a plain one.
		const keep = () => void outbox.remember(nameOf(form), valuesIn(form)).catch(() => {});
		form.addEventListener('change', keep);
	}
}

export async function dropDraft(outbox: Outbox, form: HTMLFormElement): Promise<void> {
	await outbox.forget(nameOf(form));
}

const isBlank = (form: HTMLFormElement) =>
	Object.entries(valuesIn(form)).every(
		([name, values]) => name === 'lembar' || values.every((value) => value === '')
	);

function tell(form: HTMLFormElement, text: string): void {
	const sentence = document.createElement('p');
	sentence.className = 'notice';
	sentence.setAttribute('role', 'status');
	sentence.textContent = text;
	form.prepend(sentence);
}
