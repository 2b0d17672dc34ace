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

/**
 * A question that was brought in from another system. Its words never change, so
 * that answers to it can be added up; only where it is asked does.
 */
export const importedItem = c.table(
	'imported_item',
	{
		/** Its id in the course is 'IM' and this number. */
		n: c.sequence(),
		/** The key of the lesson it asks about. */
		objective: c.text().notNull(),
		/** What is asked, as an item without its id and version. */
		item: c.json<Record<string, unknown>>().notNull(),
		/** A fingerprint of what is asked: the same question comes in once. */
		wording: c.text().notNull().unique(),
		askedIn: c.oneOf(['nowhere', 'lesson', 'quiz']).notNull(),
		importedBy: c.text().references(() => user.id, { onDelete: 'set null' }),
		importedAt: c.timestamp().notNull()
	},
	(t) => [c.index('imported_item_asked').on(t.askedIn)]
);
