/**
 * Keeps the answers of a test as they arrive (menyimpan jawaban): in the order of the server, graded
 * at once. The last to arrive stands, unless its writer had not seen a newer one of another device.
 */
import type { Tx } from '#lib/platform/server/db/index.ts';
import { testOperation } from '#lib/platform/server/db/schema/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isAnswerTo, unknownAnswer } from '#lib/questions/items/answers.ts';
import { askItem, isRight } from '#lib/questions/items/kinds.ts';
import type { CourseItem } from '../../course.ts';
import { standing, type Operation } from '../test.ts';
import { operationsOf } from './counting.ts';

/** One answer, as a phone or a page sends it. */
export interface TestAnswer {
	readonly itemId: string;
	/** Of the wording that was answered. */
	readonly itemVersion: number;
	/** As answers.ts writes it; empty takes an answer back. */
	readonly answer: string;
	/** Made by the client, one for each change: the same one may arrive any number of times. */
	readonly operationId: string;
	/** The queue it comes from, */
	readonly device: string;
	/** and how many changes that queue had seen by then: it may send them in any order. */
	readonly sequence: number;
	/**
	 * The number of the answer that stood where this one was written, 0 when there was none. Left out
	 * by whoever had the newest before their eyes.
	 */
	readonly seen?: number | undefined;
}

/**
 * `superseded`: the same device has sent a later answer to this item before. `newer`: another one has
 * answered since, which this one had not seen; that answer goes on to stand.
 */
export interface SavedAnswer {
	readonly state: 'saved' | 'superseded' | 'newer';
}

type Graded = TestAnswer & { readonly right: boolean };

function graded(items: readonly CourseItem[], given: TestAnswer): Graded {
	const item = items.find(({ id }) => id === given.itemId);
	if (!item || item.version !== given.itemVersion) throw unknownAnswer();
	const fits = given.answer === '' || isAnswerTo(askItem(item, 'id'), given.answer);
	if (!fits || !isName(given.operationId) || !isName(given.device)) throw unknownAnswer();
	for (const number of [given.sequence, given.seen ?? 0]) {
		if (!Number.isSafeInteger(number) || number < 0) throw unknownAnswer();
	}
	return { ...given, right: given.answer !== '' && isRight(item, given.answer) };
}

const isName = (text: string) => /^[\w.:-]{1,80}$/.test(text);

/** Far more than a person changes their mind; keeps a broken queue from filling the disk. */
const MOST_OPERATIONS = 2_000;

export interface Kept {
	/** What became of each, in their order. */
	readonly states: SavedAnswer['state'][];
	/** Item id → the answer that stands now, and its number. */
	readonly standing: ReadonlyMap<string, Operation>;
}

interface Taken {
	/** Of the attempt. */
	readonly id: string;
	/** Of its form. */
	readonly items: readonly CourseItem[];
}

/**
 * Puts answers to those that an attempt has: each graded under the wording it was given to.
 *
 * Refuses with `invalid` what was not asked, with `too_many` what no person changes so often.
 */
export async function keepAnswers(
	tx: Tx,
	{ id: attemptId, items }: Taken,
	answers: readonly TestAnswer[],
	at: Date
): Promise<Kept> {
	const given = answers.map((answer) => graded(items, answer));
	const before = standing(await operationsOf(tx, attemptId));
	const unseen = given.map((answer) => isUnseen(before.get(answer.itemId), answer));
	const rows = given
		.filter((_, n) => !unseen[n])
		.map(({ seen: _, ...answer }) => ({ ...answer, attemptId, receivedAt: at }));
	if (rows.length > 0) await tx.insert(testOperation).values(rows).onConflictDoNothing();
	const operations = await operationsOf(tx, attemptId);
	if (operations.length > MOST_OPERATIONS) {
		throw new Refusal('too_many', 'courses_refused_test_too_many');
	}
	const states = given.map((answer, n): SavedAnswer['state'] => {
		if (unseen[n]) return 'newer';
		return isSuperseded(answer, operations) ? 'superseded' : 'saved';
	});
	return { states, standing: standing(operations) };
}

/** Another device has answered since, and otherwise: an older page does not undo that unasked. */
function isUnseen(now: Operation | undefined, { device, answer, seen }: Graded): boolean {
	if (!now || seen === undefined || now.device === device) return false;
	return now.n > seen && now.answer !== answer;
}

function isSuperseded(
	{ operationId, itemId, device, sequence }: Graded,
	operations: readonly (typeof testOperation.$inferSelect)[]
): boolean {
	const own = operations.find((kept) => kept.operationId === operationId);
	return operations.some(
		(kept) =>
			kept.itemId === itemId &&
			kept.device === device &&
			kept.sequence > sequence &&
			kept.n < (own?.n ?? Infinity)
	);
}
