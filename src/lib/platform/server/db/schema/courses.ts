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
