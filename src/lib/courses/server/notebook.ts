/**
 * Keeps notebooks. A note belongs to the one who wrote it: every question here takes its
 * person from the actor alone, so nobody else can ask, whatever their assignment.
 *
 * Nothing that was typed is lost: what arrives twice counts once, and what another device
 * overwrote without having seen it is set aside until its owner has looked at it.
 */
import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { note, noteOperation, noteSetAside } from '#lib/platform/server/db/schema/index.ts';
import { count } from '#lib/platform/server/db/sql.ts';
import { clean } from '#lib/platform/text.ts';
import { readerOf } from '../access.ts';
import { isNoteKey, LONGEST_NOTE } from '../note.ts';

/** Several times the lessons and sheets of the course. */
const MOST_NOTES = 300;
/** Nobody reads through more; until then somebody has to look at them. */
const MOST_SET_ASIDE = 20;
/** A phone may be without signal for a month before it sends again. */
const REMEMBERED_DAYS = 60;
const DAY_MS = 86_400_000;

export interface SetAside {
	/** Names it among those of its note. */
	readonly revision: number;
	readonly text: string;
	readonly writtenAt: Date;
}

export interface Note {
	readonly key: string;
	readonly text: string;
	/** 0 while nothing was ever written. */
	readonly revision: number;
	readonly updatedAt: Date | null;
	/** What other devices overwrote, the oldest first. */
	readonly setAside: readonly SetAside[];
}

export interface NoteChange {
	readonly key: string;
	readonly text: string;
	/** The revision the writer had before their eyes; 0 when there was none. */
	readonly base: number;
	/** Made by the client, one for each change: the same one may arrive any number of times. */
	readonly operationId: string;
}

export interface SavedNote {
	readonly revision: number;
	/** Whether another device had written meanwhile, so that its text was set aside. */
	readonly setAside: boolean;
}

/**
 * Writes a note. The last one to write wins; what the writer had not seen is set aside.
 *
 * Refuses with `unauthenticated`; with `invalid` when there is no such kind of note, with
 * `too_large` when the text is longer than LONGEST_NOTE; with `closed` when there are too many
 * notes, or too many versions nobody has looked at. A refused text is not kept here: the form or
 * the phone still has it.
 */
export async function saveNote(
	app: App,
	actor: Actor | null,
	{ key, text, base, operationId }: NoteChange
): Promise<SavedNote> {
	const { userId } = readerOf(actor);
	if (!isNoteKey(key)) throw new Refusal('invalid', 'courses_refused_unknown_note');
	const fresh = clean(text).trimEnd();
	if (fresh.length > LONGEST_NOTE) {
		const details = { most: LONGEST_NOTE, length: fresh.length };
		throw new Refusal('too_large', 'courses_refused_note_too_long', details);
	}
	const operation = digest([key, operationId, base, fresh]);
	const at = app.now();
	return app.db.write(async (tx) => {
		const [before] = await tx
			.select({ revision: noteOperation.revision })
			.from(noteOperation)
			.where(and(eq(noteOperation.userId, userId), eq(noteOperation.operation, operation)));
		if (before) return { revision: before.revision, setAside: false };
		const saved = await write(tx, { userId, key, text: fresh, base, at });
		await tx.insert(noteOperation).values({ userId, operation, revision: saved.revision, at });
		return saved;
	});
}

/** The client's name for it alone would not do: a form that went back and was changed is a new one. */
function digest(parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

interface Writing {
	readonly userId: string;
	readonly key: string;
	readonly text: string;
	readonly base: number;
	readonly at: Date;
}

async function write(tx: Tx, { userId, key, text, base, at }: Writing): Promise<SavedNote> {
	const [now] = await tx.select().from(note).where(isNote(userId, key));
	if (!now) {
		if (text === '') return { revision: 0, setAside: false };
		await refuseTooMany(tx, userId);
		await tx.insert(note).values({ userId, key, text, revision: 1, updatedAt: at });
		return { revision: 1, setAside: false };
	}
	if (now.text === text) return { revision: now.revision, setAside: false };
	const unseen = base !== now.revision && now.text !== '';
	if (unseen) await setAside(tx, now);
	const revision = now.revision + 1;
	await tx.update(note).set({ text, revision, updatedAt: at }).where(isNote(userId, key));
	return { revision, setAside: unseen };
}

const isNote = (userId: string, key: string) => and(eq(note.userId, userId), eq(note.key, key));

async function refuseTooMany(tx: Tx, userId: string): Promise<void> {
	const [notes] = await tx.select({ n: count() }).from(note).where(eq(note.userId, userId));
	if (notes && notes.n >= MOST_NOTES) {
		throw new Refusal('closed', 'courses_refused_too_many_notes', { most: MOST_NOTES });
	}
}

async function setAside(tx: Tx, now: typeof note.$inferSelect): Promise<void> {
	const { userId, key, revision, text, updatedAt } = now;
	const [kept] = await tx.select({ n: count() }).from(noteSetAside).where(isSetAside(userId, key));
	if (kept && kept.n >= MOST_SET_ASIDE) {
		throw new Refusal('closed', 'courses_refused_note_versions', { most: MOST_SET_ASIDE });
	}
	await tx.insert(noteSetAside).values({ userId, key, revision, text, writtenAt: updatedAt });
}

const isSetAside = (userId: string, key: string) =>
	and(eq(noteSetAside.userId, userId), eq(noteSetAside.key, key));

/** One's own notes under these keys, in their order; what was never written is empty. Refuses with `unauthenticated`. */
export async function notesOn(
	app: App,
	actor: Actor | null,
	keys: readonly string[]
): Promise<Note[]> {
	const { userId } = readerOf(actor);
	const found = await app.db.snapshot((read) => notesIn(read, userId, keys));
	return keys.map((key) => found.find((each) => each.key === key) ?? emptyNote(key));
}

/** Under this key nothing was ever written. */
export function emptyNote(key: string): Note {
	return { key, text: '', revision: 0, updatedAt: null, setAside: [] };
}

/** All of one's own notes that say something. Refuses with `unauthenticated`. */
export async function notebookOf(app: App, actor: Actor | null): Promise<Note[]> {
	const { userId } = readerOf(actor);
	const notes = await app.db.snapshot((read) => notesIn(read, userId));
	return notes.filter(({ text, setAside }) => text !== '' || setAside.length > 0);
}

async function notesIn(read: Read, userId: string, keys?: readonly string[]): Promise<Note[]> {
	const own = (of: typeof note | typeof noteSetAside) =>
		and(eq(of.userId, userId), keys ? inArray(of.key, [...keys]) : undefined);
	const notes = await read.select().from(note).where(own(note)).orderBy(asc(note.key));
	const aside = await read
		.select()
		.from(noteSetAside)
		.where(own(noteSetAside))
		.orderBy(asc(noteSetAside.revision));
	return notes.map(({ key, text, revision, updatedAt }) => ({
		key,
		text,
		revision,
		updatedAt,
		setAside: aside
			.filter((version) => version.key === key)
			.map(({ revision, text, writtenAt }) => ({ revision, text, writtenAt }))
	}));
}

/**
 * Makes a version that was set aside the text of the note; what stood there takes its place, so
 * that nothing is lost and one may change one's mind. One that is gone already changes nothing.
 */
export async function takeSetAside(
	app: App,
	actor: Actor | null,
	{ key, revision }: { key: string; revision: number }
): Promise<void> {
	const { userId } = readerOf(actor);
	const at = app.now();
	await app.db.write(async (tx) => {
		const [now] = await tx.select().from(note).where(isNote(userId, key));
		const [taken] = await tx
			.delete(noteSetAside)
			.where(and(isSetAside(userId, key), eq(noteSetAside.revision, revision)))
			.returning();
		if (!now || !taken) return;
		if (now.text !== '') await setAside(tx, now);
		const fresh = { text: taken.text, revision: now.revision + 1, updatedAt: at };
		await tx.update(note).set(fresh).where(isNote(userId, key));
	});
}

/** Lets go of a version that was set aside. One that is gone already stays gone. */
export async function dropSetAside(
	app: App,
	actor: Actor | null,
	{ key, revision }: { key: string; revision: number }
): Promise<void> {
	const { userId } = readerOf(actor);
	await app.db.write((tx) =>
		tx.delete(noteSetAside).where(and(isSetAside(userId, key), eq(noteSetAside.revision, revision)))
	);
}

/** Daily: operations that no phone will send again. */
export async function dropOldNoteOperations(app: App): Promise<void> {
	const before = new Date(app.now().getTime() - REMEMBERED_DAYS * DAY_MS);
	await app.db.write((tx) => tx.delete(noteOperation).where(lt(noteOperation.at, before)));
}
