import * as c from '../columns.ts';
import { user } from './people.ts';

/**
 * Answers given for practice: at the end of a lesson, and some days after the
 * training. No marks; what is remembered decides what is asked again.
 */
export const practiceAnswer = c.table(
	'practice_answer',
	{
		/** Named after who sent which answers from which page: sent twice, kept once. */
		attemptId: c.text().notNull(),
		itemId: c.text().notNull(),
		itemVersion: c.integer().notNull(),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** 'lesson/<module>/<lesson>' or 'recall/<training>/<day>' */
		occasion: c.text().notNull(),
		answer: c.text().notNull(),
		right: c.boolean().notNull(),
		at: c.timestamp().notNull()
	},
	(t) => [
		c.primaryKey({ columns: [t.attemptId, t.itemId] }),
		c.index('practice_answer_user').on(t.userId, t.itemId)
	]
);
