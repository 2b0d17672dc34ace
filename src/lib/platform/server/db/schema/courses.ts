import * as c from '../columns.ts';
import { user } from './people.ts';

/** One row once a person has said that a lesson is done; never taken back. */
export const lessonDone = c.table(
	'lesson_done',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** 'module-slug/lesson-slug' */
		lessonKey: c.text().notNull(),
		doneAt: c.timestamp().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.userId, t.lessonKey] })]
);

export const quizAttempt = c.table(
	'quiz_attempt',
	{
		/** Made by the page that was answered, so that sending it twice stores it once. */
		id: c.text().primaryKey(),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		moduleSlug: c.text().notNull(),
		edition: c.text().notNull(),
		answers: c.json<Record<string, string>>().notNull(),
		correct: c.integer().notNull(),
		total: c.integer().notNull(),
		at: c.timestamp().notNull()
	},
	(t) => [c.index('quiz_attempt_user').on(t.userId, t.moduleSlug)]
);

/**
 * What somebody wrote in the course for themselves: thoughts on a lesson, a filled sheet. Read and
 * written by its owner alone.
 */
export const note = c.table(
	'note',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** 'pelajaran/<module>/<lesson>' or 'alat/<sheet>' */
		key: c.text().notNull(),
		text: c.text().notNull(),
		/** From 1, one more with every change. */
		revision: c.integer().notNull(),
		updatedAt: c.timestamp().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.userId, t.key] })]
);

/** What another device overwrote without having seen it: kept until its owner has looked at it. */
export const noteSetAside = c.table(
	'note_set_aside',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		key: c.text().notNull(),
		/** The revision that was overwritten. */
		revision: c.integer().notNull(),
		text: c.text().notNull(),
		writtenAt: c.timestamp().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.userId, t.key, t.revision] })]
);

/** What was carried out already: an operation that arrives again changes nothing. */
export const noteOperation = c.table(
	'note_operation',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** SHA-256 of what the client called it and what it carried. */
		operation: c.text().notNull(),
		/** The revision it made. */
		revision: c.integer().notNull(),
		at: c.timestamp().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.userId, t.operation] }), c.index('note_operation_at').on(t.at)]
);
