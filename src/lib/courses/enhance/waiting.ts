/** On every page of the course: how much waits on this phone or was refused, and where it can be seen. */
import { m } from '#lib/paraglide/messages.js';
import type { Queued } from '#lib/platform/outbox/outbox.ts';
import type { Language } from '../course.ts';
import type { Courier } from './courier.ts';
import { pathIn } from './addresses.ts';

export function sayWhatWaits(courier: Courier): void {
	const { root, locale } = courier.page;
	const main = root.querySelector('main');
	if (!main || main.querySelector('[data-queue]')) return; // there it stands in full
	const sentence = document.createElement('p');
	sentence.setAttribute('role', 'status');
	sentence.dataset.waiting = '';
	main.prepend(sentence);
	courier.onChange(async (end) => {
		const all = await courier.outbox.queued();
		const queued = all.filter((one) => !isToldHere(root, one));
		const refused = queued.filter(({ refusal }) => refusal !== undefined).length;
		// What is on its way at this moment is not worth a line that comes and goes.
		const worth = refused > 0 || (queued.length > 0 && end !== 'empty');
		const text = worth ? textFor(queued.length, refused, locale) : '';
		sentence.hidden = !worth;
		sentence.className = refused > 0 ? 'notice bad no-print' : 'notice warn no-print';
		if (sentence.dataset.waiting === text) return;
		sentence.dataset.waiting = text;
		sentence.replaceChildren(`${text} `, wayToAll(locale));
	});
}

/** The form for a new try stands on this page, and says by itself what became of the last one. */
function isToldHere(root: HTMLElement, { kind, subject }: Queued): boolean {
	const forms = [...root.querySelectorAll<HTMLFormElement>('form[data-again]')];
	return forms.some(
		({ dataset }) => dataset.operation === kind && dataset.subject === subject.split('#')[0]
	);
}

function textFor(queued: number, refused: number, locale: Language): string {
	return refused > 0
		? m.courses_queue_some_refused({ n: refused }, { locale })
		: m.courses_queue_some_wait({ n: queued }, { locale });
}

function wayToAll(locale: Language): HTMLAnchorElement {
	const link = document.createElement('a');
	link.href = pathIn(locale, '/belajar/kiriman');
	link.textContent = m.courses_queue_see({}, { locale });
	return link;
}
