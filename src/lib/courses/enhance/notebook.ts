/** The notebook without a signal: what this phone knows of the notes of its holder, to read. */
import { m } from '#lib/paraglide/messages.js';
import type { Outbox } from '#lib/platform/outbox/outbox.ts';
import { byName, type Values } from '#lib/ui/fields.ts';
import type { CoursePage } from './enhancer.ts';
import { asValues, ownOnPhone } from './own.ts';
import { placeOf } from './places.ts';

export async function showNotebook(page: CoursePage, outbox: Outbox): Promise<void> {
	const place = page.root.querySelector<HTMLElement>('[data-notebook]');
	if (!place || !page.impersonal) return;
	const notes = await notesOnPhone(outbox);
	if (notes.size === 0) return;
	const lead = document.createElement('p');
	lead.className = 'notice';
	lead.textContent = m.courses_notebook_on_phone({}, { locale: page.locale });
	const pages = [...notes].map(([key, values]) => pageOf(page, key, values));
	place.replaceChildren(lead, ...pages);
}

/** Key → what its form would say: the server's word, then what has been sent since, then what waits. */
async function notesOnPhone(outbox: Outbox): Promise<Map<string, Values>> {
	const own = await ownOnPhone(outbox);
	const notes = new Map((own?.notes ?? []).map(({ key, text }) => [key, asValues(text)]));
	const known = new Map((own?.notes ?? []).map(({ key, revision }) => [key, revision]));
	for (const { kind, subject, fields, result } of await outbox.sent()) {
		const newer = Number(result.revision ?? 0) > (known.get(subject) ?? 0);
		if (isNote(kind) && newer) notes.set(subject, byName(fields));
	}
	for (const { kind, subject, fields } of await outbox.queued()) {
		if (isNote(kind)) notes.set(subject, byName(fields));
	}
	return new Map([...notes].filter(([, values]) => linesOf(values).length > 0));
}

const isNote = (kind: string) => kind === 'note.save' || kind === 'tool.save';

function pageOf(page: CoursePage, key: string, values: Values): HTMLElement {
	const card = document.createElement('section');
	card.className = 'card stack tight';
	const heading = document.createElement('h2');
	heading.append(placeOf(page, key) ?? key);
	card.append(heading, ...linesOf(values).map(lineOf));
	return card;
}

interface Line {
	readonly label: string;
	readonly text: string;
}

/** The text of a thought; of a sheet each entry under the name of its part, a table cell by cell. */
function linesOf({ revisi: _, kunci: __, ...values }: Values): Line[] {
	return Object.entries(values).flatMap(([name, [text = '']]) => {
		if (text.trim() === '') return [];
		const label = name === 'catatan' ? '' : name.replace(/^\w+: /, '').replace(/(\[\d+\])+$/, '');
		return [{ label, text }];
	});
}

function lineOf({ label, text }: Line): HTMLElement {
	const line = document.createElement('p');
	line.style.whiteSpace = 'pre-line';
	if (label !== '') {
		const name = document.createElement('strong');
		name.textContent = label;
		line.append(name, document.createElement('br'));
	}
	line.append(text);
	return line;
}
