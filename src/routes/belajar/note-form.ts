/** What the fields for notes send, and what is shown of a note. */
import * as v from 'valibot';
import { formatInstant, type Locale } from '#lib/platform/calendar.ts';

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
