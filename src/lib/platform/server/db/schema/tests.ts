import * as c from '../columns.ts';
import { user } from './people.ts';
import { training } from './trainings.ts';

/** A test of a training once somebody has opened it; `closedAt` is null while it is open. */
export const testWindow = c.table(
	'test_window',
	{
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		phase: c.oneOf(['pre', 'post']).notNull(),
		openedAt: c.timestamp().notNull(),
		openedBy: c.text(),
		closedAt: c.timestamp(),
		closedBy: c.text(),
		/** Stays when it is opened again. */
		firstClosedAt: c.timestamp()
	},
	(t) => [c.primaryKey({ columns: [t.trainingId, t.phase] })]
);

/** One person's pre-test or post-test. */
export const testAttempt = c.table(
	'test_attempt',
	{
		id: c.id(),
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		phase: c.oneOf(['pre', 'post']).notNull(),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		form: c.oneOf(['A', 'B']).notNull(),
		startedAt: c.timestamp().notNull(),
		handedInAt: c.timestamp(),
		/** Handed in when it was closed: kept, but not counted as long as it stays closed. */
		late: c.boolean().notNull().default(false),
		/** Null until it counts. */
		correct: c.integer(),
		total: c.integer()
	},
	(t) => [
		c.uniqueIndex('test_attempt_once').on(t.trainingId, t.phase, t.userId),
		c.index('test_attempt_user').on(t.userId)
	]
);

/** Every answer as it arrived; the last one to arrive counts, unless the same device had sent a later one. */
export const testOperation = c.table(
	'test_operation',
	{
		/** The order in which the server received them. */
		n: c.sequence(),
		attemptId: c
			.text()
			.notNull()
			.references(() => testAttempt.id, { onDelete: 'cascade' }),
		/** Made by the client: what arrives twice counts once. */
		operationId: c.text().notNull(),
		itemId: c.text().notNull(),
		/** The wording that was answered. */
		itemVersion: c.integer().notNull(),
		/** Empty when an answer was taken back. */
		answer: c.text().notNull(),
		right: c.boolean().notNull(),
		/** The device, and how many operations it had made by then. */
		device: c.text().notNull(),
		sequence: c.integer().notNull(),
		receivedAt: c.timestamp().notNull()
	},
	(t) => [c.uniqueIndex('test_operation_once').on(t.attemptId, t.operationId)]
);

/** What counts of a test that was handed in: one row per item, also for those left open. */
export const testResult = c.table(
	'test_result',
	{
		attemptId: c
			.text()
			.notNull()
			.references(() => testAttempt.id, { onDelete: 'cascade' }),
		itemId: c.text().notNull(),
		itemVersion: c.integer().notNull(),
		/** The key of the lesson that the item asked about. */
		objective: c.text().notNull(),
		/** Empty when it was left open. */
		answer: c.text().notNull(),
		right: c.boolean().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.attemptId, t.itemId] })]
);

/**
 * How each wording of an item was answered, over all trainings: counts of nobody
 * in particular. What reports on items read, however many answers there are.
 */
export const testTally = c.table(
	'test_tally',
	{
		itemId: c.text().notNull(),
		itemVersion: c.integer().notNull(),
		phase: c.oneOf(['pre', 'post']).notNull(),
		/** Per cent right of the whole test of those who answered so: tells the strong from the weak. */
		score: c.integer().notNull(),
		answer: c.text().notNull(),
		right: c.boolean().notNull(),
		n: c.integer().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.itemId, t.itemVersion, t.phase, t.score, t.answer] })]
);
