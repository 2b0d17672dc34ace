/** What the fields for notes send, and what is shown of a note. */
import * as v from 'valibot';
import { filledBy, isEntryName, writeFilled } from '#lib/courses/filled-tool.ts';
import type { Tool } from '#lib/courses/tool.ts';
import { formatInstant, type Locale } from '#lib/platform/calendar.ts';
import { InvalidForm, readForm } from '#lib/platform/form.ts';
import { blank, type Words } from '../blanks.ts';

/** The revision that was on the page. */
export const revision = v.pipe(
	v.string(),
	v.regex(/^\d{1,9}$/),
	v.transform((digits) => Number(digits))
);

/** How long a note may be is the room's to say, in words. */
export const noteFields = {
	kunci: v.string(),
	catatan: v.optional(v.string(), ''),
	revisi: revision
};

/** One field per part of the sheet, also of one that was changed meanwhile. */
const sheetFields = v.objectWithRest({ revisi: revision }, v.string());

export interface SentSheet {
	/** The revision that was on the page. */
	readonly base: number;
	/** The text of the note that it makes for a sheet. */
	textFor(tool: Tool): string;
}

/** What a filled sheet sends. Refuses a field that no sheet has. */
export function readSheet(form: FormData): SentSheet {
	const strangers = [...form.keys()].filter((name) => name !== 'revisi' && !isEntryName(name));
	if (strangers.length > 0) throw new InvalidForm(strangers);
	const { revisi: base, ...entries } = readForm(sheetFields, form);
	return { base, textFor: (tool) => writeFilled(filledBy(tool, entries)) };
}

/** A plain form needs no name of its own: what it was written over and what it says name it. */
export const FORM = 'formulir';

interface StoredNote {
	readonly key: string;
	readonly text: string;
	readonly revision: number;
	readonly updatedAt: Date | null;
}

/** A note as its field shows it. */
export function shown({ key, text, revision, updatedAt }: StoredNote, locale: Locale) {
	const savedAt = updatedAt && formatInstant(updatedAt, 'Asia/Jakarta', locale);
	return { key, text, revision, savedAt };
}

type Shown = ReturnType<typeof shown>;

/** The same note for a page that many read: with blanks for what it says, where somebody wrote one. */
export function inBlank(note: Shown) {
	if (note.savedAt === null) return note;
	const { key } = note;
	return { key, text: blank('text'), revision: blank('revision'), savedAt: blank('savedAt') };
}

export function wordsOf({ text, revision, savedAt }: Shown): Words {
	return { text, revision: String(revision), savedAt: savedAt ?? '' };
}
