/** What is true of somebody at a lesson: one question, because every look at a lesson asks it. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import type { App } from '#lib/platform/server/app.ts';
import { prepared } from '#lib/platform/server/db/prepared.ts';
import { lessonDone, note, noteSetAside, user } from '#lib/platform/server/db/schema/index.ts';
import { isThere } from '#lib/platform/server/db/sql.ts';
import { lessonKey, type Lesson } from '../course.ts';
import { lessonNote, toolNote } from '../note.ts';
import { emptyNote, type Note } from './notebook.ts';

export interface Standing {
	readonly done: boolean;
	/** Their thoughts on the lesson. */
	readonly note: Omit<Note, 'setAside'>;
	/** Whether a version of these or of the sheet waits to be looked at. */
	readonly hasSetAside: boolean;
	/** Whether they ever wrote on the sheet of the lesson, also when they emptied it again. */
	readonly hasSheet: boolean;
}

const standing = prepared(['userId', 'lesson', 'thoughts', 'sheet'], (read, given) => {
	const done = read
		.select({ key: lessonDone.lessonKey })
		.from(lessonDone)
		.where(and(eq(lessonDone.userId, given.userId), eq(lessonDone.lessonKey, given.lesson)));
	const setAside = read
		.select({ key: noteSetAside.key })
		.from(noteSetAside)
		.where(
			and(
				eq(noteSetAside.userId, given.userId),
				inArray(noteSetAside.key, [given.thoughts, given.sheet])
			)
		);
	const sheet = read
		.select({ key: note.key })
		.from(note)
		.where(and(eq(note.userId, given.userId), eq(note.key, given.sheet)));
	return read
		.select({
			done: isThere(done),
			hasSetAside: isThere(setAside),
			hasSheet: isThere(sheet),
			text: note.text,
			revision: note.revision,
			updatedAt: note.updatedAt
		})
		.from(user)
		.leftJoin(note, and(eq(note.userId, user.id), eq(note.key, given.thoughts)))
		.where(eq(user.id, given.userId));
});

/** Nobody in particular has done and written nothing. */
export async function standingAt(
	app: App,
	{ userId }: Actor,
	lesson: Pick<Lesson, 'moduleSlug' | 'slug' | 'tool'>
): Promise<Standing> {
	const thoughts = lessonNote(lesson);
	const sheet = lesson.tool === null ? '' : toolNote(lesson.tool);
	const asked = { userId, lesson: lessonKey(lesson), thoughts, sheet };
	const [found] = await standing(app.db.read, asked);
	const { done = false, hasSetAside = false, hasSheet = false } = found ?? {};
	const { text, revision, updatedAt } = found ?? {};
	const isWritten = typeof text === 'string' && typeof revision === 'number';
	const written = isWritten
		? { key: thoughts, text, revision, updatedAt: updatedAt ?? null }
		: null;
	return { done, hasSetAside, hasSheet, note: written ?? emptyNote(thoughts) };
}
