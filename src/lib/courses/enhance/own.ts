/**
 * What is the holder's own, put into a page that was made for nobody in particular: from the phone,
 * and at most once an hour from the server.
 */
import { m } from '#lib/paraglide/messages.js';
import type { Outbox } from '#lib/platform/outbox/outbox.ts';
import type { CoursePage } from './enhancer.ts';

interface Own {
	readonly done: readonly string[];
	readonly notes: readonly { key: string; text: string; revision: number }[];
	/** By the clock of this phone, which only decides when to ask again. */
	readonly askedAt: number;
}

const HOUR_MS = 3_600_000;

export async function showOwn(page: CoursePage, outbox: Outbox): Promise<void> {
	const own = await freshOwn(outbox);
	const { root, locale, impersonal } = page;
	for (const form of root.querySelectorAll<HTMLFormElement>('form[data-operation="note.save"]')) {
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

async function freshOwn(outbox: Outbox): Promise<Own | null> {
	const known = (await outbox.own<Own>()) ?? null;
	const age = known ? Math.abs(Date.now() - known.askedAt) : Infinity;
	if (!navigator.onLine || age < HOUR_MS) return known;
	const answer = await fetch('/belajar/keadaan', { redirect: 'manual' }).catch(() => null);
	if (!answer?.ok) return known;
	const fresh = { ...((await answer.json()) as Omit<Own, 'askedAt'>), askedAt: Date.now() };
	await outbox.keepOwn(fresh);
	return fresh;
}

/** What waits on the phone goes before what arrived, and that before what the server once said. */
async function fillNote(form: HTMLFormElement, outbox: Outbox, own: Own | null): Promise<void> {
	const { subject = '' } = form.dataset;
	const text = form.elements.namedItem('catatan');
	const revision = form.elements.namedItem('revisi');
	if (!(text instanceof HTMLTextAreaElement) || !(revision instanceof HTMLInputElement)) return;
	const known = own?.notes.find(({ key }) => key === subject);
	const sent = own ? await outbox.sentOn(subject) : undefined;
	const sentRevision = Number(sent?.result.revision ?? 0);
	if (known) [text.value, revision.value] = [known.text, String(known.revision)];
	if (sent && sentRevision > Number(revision.value)) {
		[text.value, revision.value] = [fieldOf(sent.fields, 'catatan'), String(sentRevision)];
	}
	const waits = (await outbox.queued()).findLast((one) => one.subject === subject);
	if (waits) text.value = fieldOf(waits.fields, 'catatan');
}

const fieldOf = (fields: readonly (readonly [string, string])[], wanted: string) =>
	fields.find(([name]) => name === wanted)?.[1] ?? '';
