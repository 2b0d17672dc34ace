/**
 * The notebook (catatan) of a learner: thoughts on lessons and filled sheets, for nobody else.
 * Pure: how a note is called and how long it may be.
 */
import { lessonKey, type Lesson } from './course.ts';

/** Some ten pages by hand, in UTF-16 units. A filled sheet counts as one text. */
export const LONGEST_NOTE = 15_000;

const LESSON = 'pelajaran/';
const TOOL = 'alat/';
const SLUG = '[a-z0-9]+(?:-[a-z0-9]+)*';
const KEY = new RegExp(`^(?:${LESSON}${SLUG}/${SLUG}|${TOOL}${SLUG})$`);
const LONGEST_KEY = 200;

/** What a note is about. Lessons and sheets come and go; what was written about them stays. */
export type NoteSubject =
	| { readonly kind: 'lesson'; readonly moduleSlug: string; readonly lessonSlug: string }
	| { readonly kind: 'tool'; readonly toolSlug: string };

export const lessonNote = (lesson: Pick<Lesson, 'moduleSlug' | 'slug'>) =>
	LESSON + lessonKey(lesson);

export const toolNote = (toolSlug: string) => TOOL + toolSlug;

export function isNoteKey(key: string): boolean {
	return key.length <= LONGEST_KEY && KEY.test(key);
}

/** The key must be one. */
export function subjectOf(key: string): NoteSubject {
	const [kind = '', first = '', second = ''] = key.split('/');
	return `${kind}/` === TOOL
		? { kind: 'tool', toolSlug: first }
		: { kind: 'lesson', moduleSlug: first, lessonSlug: second };
}
