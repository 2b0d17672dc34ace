/**
 * What is the holder's own, put into a page that was made for nobody in particular: from the phone,
 * and at most once an hour from the server.
 */
import { m } from '#lib/paraglide/messages.js';
import type { Outbox } from '#lib/platform/outbox/outbox.ts';
import { byName, fillIn, isChanged, type Values } from '#lib/ui/fields.ts';
import { cellName } from '../cell-name.ts';
import type { CoursePage } from './enhancer.ts';

interface Own {
	readonly done: readonly string[];
	readonly notes: readonly { key: string; text: string; revision: number }[];
	/** By the clock of this phone, which only decides when to ask again. */
	readonly askedAt: number;
}

const OWN = 'own';
const HOUR_MS = 3_600_000;

export async function showOwn(page: CoursePage, outbox: Outbox): Promise<void> {
	const own = await freshOwn(outbox);
	const { root, locale, impersonal } = page;
	for (const form of root.querySelectorAll<HTMLFormElement>('form[data-note][data-operation]')) {
		await fillNote(form, outbox, impersonal ? own : null);
	}
	if (!impersonal) return;
	for (const form of root.querySelectorAll<HTMLFormElement>('form[data-operation="lesson.done"]')) {
		const { subject = '' } = form.dataset;
		const arrived = own?.done.includes(subject) || (await outbox.sentOn(subject));
		if (!arrived) continue;
		const sentence = document.createElement('p');
		sentence.className = 'notice good';
		sentence.textContent = m.courses_lesson_is_done({}, { locale });
		form.replaceWith(sentence);
	}
}

/** What the server knew when it was last asked; null: never. */
export async function ownOnPhone(outbox: Outbox): Promise<Own | null> {
	return (await outbox.recall<Own>(OWN)) ?? null;
}

async function freshOwn(outbox: Outbox): Promise<Own | null> {
	const known = await ownOnPhone(outbox);
	const age = known ? Math.abs(Date.now() - known.askedAt) : Infinity;
	if (!navigator.onLine || age < HOUR_MS) return known;
	const answer = await fetch('/belajar/keadaan', { redirect: 'manual' }).catch(() => null);
	if (!answer?.ok) return known;
	const fresh = { ...((await answer.json()) as Omit<Own, 'askedAt'>), askedAt: Date.now() };
	await outbox.remember(OWN, fresh).catch(() => {});
	return fresh;
}

/**
 * What waits on the phone goes before what arrived, and that before what the server once said. What
 * somebody has typed before this script had come goes before all of them.
 */
async function fillNote(form: HTMLFormElement, outbox: Outbox, own: Own | null): Promise<void> {
	if (isChanged(form)) return;
	const { subject = '' } = form.dataset;
	const revision = form.elements.namedItem('revisi');
	if (!(revision instanceof HTMLInputElement)) return;
	const known = own?.notes.find(({ key }) => key === subject);
	const sent = own ? await outbox.sentOn(subject) : undefined;
	const sentRevision = Number(sent?.result.revision ?? 0);
	if (known) {
		const values = asValues(known.text);
		fillIn(form, values);
		if (form.dataset.operation === 'tool.save') keepLeftOver(form, values);
		revision.value = String(known.revision);
	}
	if (sent && sentRevision > Number(revision.value)) {
		fillIn(form, byName(sent.fields));
		revision.value = String(sentRevision);
	}
	const waits = (await outbox.queued()).findLast((one) => one.subject === subject);
	if (waits) fillIn(form, byName(waits.fields));
}

/** Entries whose part the sheet no longer has go along unseen, so that saving it loses none of them. */
function keepLeftOver(form: HTMLFormElement, { catatan: _, ...entries }: Values): void {
	for (const [name, [value = '']] of Object.entries(entries)) {
		if (value === '' || form.elements.namedItem(name)) continue;
		const hidden = document.createElement('input');
		Object.assign(hidden, { type: 'hidden', name, value });
		form.append(hidden);
	}
}

/** The text of a note as the fields of its form: of a thought the text, of a sheet its entries. */
export function asValues(text: string): Values {
	const values: Record<string, string[]> = { catatan: [text] };
	for (const [name, entry] of Object.entries(entriesIn(text))) {
		if (typeof entry === 'string') values[name] = [entry];
		if (!Array.isArray(entry)) continue;
		for (const [row, cells] of entry.entries()) {
			if (!Array.isArray(cells)) continue;
			for (const [column, cell] of cells.entries()) {
				values[cellName(name, row, column)] = [String(cell)];
			}
		}
	}
	return values;
}

function entriesIn(text: string): object {
	try {
		const parsed: unknown = JSON.parse(text);
		return typeof parsed === 'object' && parsed !== null ? parsed : {};
	} catch {
		return {}; // a thought, in its own words
	}
}
