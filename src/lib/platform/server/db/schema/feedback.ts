/**
 * Nothing here points to a person: who has answered stands apart from what was
 * answered, without a time, an address or a shared key; both are laid down anew
 * and shuffled at every hand-in.
 */
import * as c from '../columns.ts';
import { user } from './people.ts';
import { training } from './trainings.ts';

const trainingId = () =>
	c
		.text()
		.notNull()
		.references(() => training.id, { onDelete: 'cascade' });

export const feedbackParticipation = c.table(
	'feedback_participation',
	{
		trainingId: trainingId(),
		instrument: c.text().notNull(),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' })
	},
	(t) => [c.primaryKey({ columns: [t.trainingId, t.instrument, t.userId] })]
);

/** Ratings and choices of one person who is nobody; no free text. */
export const feedbackResponse = c.table(
	'feedback_response',
	{
		id: c.id(),
		trainingId: trainingId(),
		instrument: c.text().notNull(),
		version: c.integer().notNull(),
		onDay: c.day().notNull(),
		answers: c.json<Record<string, unknown>>().notNull()
	},
	(t) => [c.index('feedback_response_training').on(t.trainingId, t.instrument)]
);

/** How often each value was chosen: what every report reads. Derived from the responses. */
export const feedbackTally = c.table(
	'feedback_tally',
	{
		trainingId: trainingId(),
		instrument: c.text().notNull(),
		version: c.integer().notNull(),
		item: c.text().notNull(),
		/** '' or what the question is about: a module's slug, a facilitator's user id. */
		subject: c.text().notNull(),
		value: c.integer().notNull(),
		n: c.integer().notNull()
	},
	(t) => [
		c.primaryKey({
			columns: [t.trainingId, t.instrument, t.version, t.item, t.subject, t.value]
		})
	]
);

/** Free texts, apart from everything else. */
export const feedbackComment = c.table(
	'feedback_comment',
	{
		id: c.id(),
		trainingId: trainingId(),
		instrument: c.text().notNull(),
		item: c.text().notNull(),
		subject: c.text().notNull(),
		text: c.text().notNull()
	},
	(t) => [c.index('feedback_comment_training').on(t.trainingId, t.instrument)]
);

/** A half-filled form, sealed with a key that only the phone has. */
export const feedbackDraft = c.table('feedback_draft', {
	/** SHA-256 of the key. */
	id: c.text().primaryKey(),
	trainingId: trainingId(),
	instrument: c.text().notNull(),
	sealed: c.bytes().notNull(),
	onDay: c.day().notNull()
});
