/**
 * What counts of a test, once and for good: a row for each of its items, the
 * score, and one more in the counts of each item over all trainings.
 */
import { eq, sql } from 'drizzle-orm';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import {
	testAttempt,
	testOperation,
	testResult,
	testTally
} from '#lib/platform/server/db/schema/index.ts';
import { noteIfComplete } from '../../certificates/server/completion.ts';
import type { CourseItem, TestForms } from '../../course.ts';
import type { Score } from '../../quiz.ts';
import { standing, type Operation } from '../test.ts';

type Attempt = typeof testAttempt.$inferSelect;

/**
 * Grades what has arrived of a test. Each answer was graded when it arrived,
 * under the wording it was given to; what was left open is not right. Whoever has
 * completed the training with it has completed it.
 */
export async function countAttempt(
	tx: Tx,
	forms: TestForms,
	attempt: Pick<Attempt, 'id' | 'form' | 'phase' | 'trainingId' | 'userId'>,
	at: Date
): Promise<Score> {
	const given = standing(await operationsOf(tx, attempt.id));
	const results = forms[attempt.form].map((item) => resultOf(item, given.get(item.id)));
	const correct = results.filter(({ right }) => right).length;
	const score = { correct, total: results.length };
	await tx
		.insert(testResult)
		.values(results.map(({ counted: _, ...result }) => ({ ...result, attemptId: attempt.id })));
	await tx
		.update(testAttempt)
		.set({ ...score, late: false })
		.where(eq(testAttempt.id, attempt.id));
	await addToTallies(tx, results, {
		phase: attempt.phase,
		score: Math.round((100 * correct) / results.length)
	});
	await noteIfComplete(tx, attempt, at);
	return score;
}

interface Result {
	readonly itemId: string;
	readonly itemVersion: number;
	readonly objective: string;
	readonly answer: string;
	readonly right: boolean;
	/** The answer as it is counted: never somebody's own words. */
	readonly counted: string;
}

/** Stands for whatever somebody wrote that was not right. */
const OTHER_WORDS = '…';

function resultOf(item: CourseItem, given: Operation | undefined): Result {
	const answer = given?.answer ?? '';
	const right = given?.right ?? false;
	const written = item.kind === 'short' && answer !== '';
	return {
		itemId: item.id,
		itemVersion: answer === '' ? item.version : (given?.itemVersion ?? item.version),
		objective: item.objective,
		answer,
		right,
		counted: written ? (right ? '✓' : OTHER_WORDS) : answer
	};
}

async function addToTallies(
	tx: Tx,
	results: readonly Result[],
	{ phase, score }: { phase: Attempt['phase']; score: number }
): Promise<void> {
	const rows = results.map(({ itemId, itemVersion, counted: answer, right }) => ({
		itemId,
		itemVersion,
		phase,
		score,
		answer,
		right,
		n: 1
	}));
	const { itemId, itemVersion, answer } = testTally;
	await tx
		.insert(testTally)
		.values(rows)
		.onConflictDoUpdate({
			target: [itemId, itemVersion, testTally.phase, testTally.score, answer],
			set: { n: sql`${testTally.n} + 1` }
		});
}

export function operationsOf(read: Read, attemptId: string) {
	return read
		.select()
		.from(testOperation)
		.where(eq(testOperation.attemptId, attemptId))
		.orderBy(testOperation.n);
}
