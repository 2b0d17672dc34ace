/**
 * Taking a test (mengerjakan tes): every answer is kept as it arrives, the last
 * one counts, and it is graded here when it is handed in, once.
 *
 * What arrives twice counts once. What arrives too late is kept and refused with
 * a sentence that says so: it counts if the test is opened again.
 */
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { testAttempt, training } from '#lib/platform/server/db/schema/index.ts';
import type { Training } from '#lib/trainings/training.ts';
import type { Course, TestForms } from '../../course.ts';
import type { Score } from '../../quiz.ts';
import { testAccess } from '../access.ts';
import {
	fairForm,
	otherForm,
	standing,
	testPhases,
	windowState,
	type FormName,
	type Operation,
	type TestPhase
} from '../test.ts';
import { countAttempt, operationsOf } from './counting.ts';
import { keepAnswers, type Kept, type SavedAnswer, type TestAnswer } from './keeping.ts';
import { findTrainingFor, formsOf, windowsOf, type WhichTest } from './windows.ts';

type Attempt = typeof testAttempt.$inferSelect;

/**
 * Begins a test, or goes on with it: one attempt for each person. Who begins
 * gets the form that fewer of the training have begun with; whoever has taken
 * one of the two tests gets the other form in the other test.
 *
 * Refuses with `not_found`, `forbidden` for whoever is not a participant, and
 * `closed` while the test is not open.
 */
export async function startTest(
	app: App,
	course: Course,
	actor: Actor,
	which: WhichTest
): Promise<{ testId: string }> {
	formsOf(course);
	const found = await findTrainingFor(app.db.read, actor, which.trainingId, 'take');
	const at = app.now();
	return app.db.write(async (tx) => {
		const own = await attemptsIn(tx, which.trainingId, actor.userId);
		const begun = own.find(({ phase }) => phase === which.phase);
		if (begun) return { testId: begun.id };
		const windows = await windowsOf(tx, which.trainingId);
		const state = windowState(windows[which.phase], found, at);
		if (state === 'not opened') throw new Refusal('closed', 'courses_refused_test_not_open');
		if (state === 'closed') throw new Refusal('closed', 'courses_refused_test_closed');
		const [other] = own;
		const form = other ? otherForm(other.form) : await formToBegin(tx, which);
		const testId = newId();
		const attempt = { id: testId, ...which, userId: actor.userId, form, startedAt: at };
		await tx.insert(testAttempt).values(attempt);
		return { testId };
	});
}

/** The first form of a person is A when they took A before or B after. */
async function formToBegin(tx: Tx, { trainingId, phase }: WhichTest): Promise<FormName> {
	const rows = await tx
		.select({ userId: testAttempt.userId, phase: testAttempt.phase, form: testAttempt.form })
		.from(testAttempt)
		.where(eq(testAttempt.trainingId, trainingId));
	const first = new Map(
		rows.map((row) => [row.userId, row.phase === 'pre' ? row.form : otherForm(row.form)])
	);
	const begunWith = { A: 0, B: 0 };
	for (const form of first.values()) begunWith[form]++;
	const fair = fairForm(begunWith);
	return phase === 'pre' ? fair : otherForm(fair);
}

const attemptsIn = (read: Read, trainingId: string, userId: string): Promise<Attempt[]> =>
	read
		.select()
		.from(testAttempt)
		.where(and(eq(testAttempt.trainingId, trainingId), eq(testAttempt.userId, userId)));

/**
 * Keeps one answer of a test that is being taken. `testId` is what `startTest` gave.
 *
 * Refuses with `unauthenticated`; `not_found` a test that is not this person's;
 * `invalid` an item that is not in the form, or no longer in this wording, or an
 * option it does not offer. Refuses with `closed` what arrives after the test was
 * closed or handed in: it is kept all the same.
 */
export async function saveTestAnswer(
	app: App,
	course: Course,
	actor: Actor | null,
	{ testId, ...answer }: TestAnswer & { readonly testId: string }
): Promise<SavedAnswer> {
	const { states } = await saveAnswers(app, course, actor, { testId, answers: [answer] });
	return { state: states[0] ?? 'saved' };
}

/** The same for several at once: all of them or none. */
export async function saveAnswers(
	app: App,
	course: Course,
	actor: Actor | null,
	sent: { readonly testId: string; readonly answers: readonly TestAnswer[] }
): Promise<{ states: SavedAnswer['state'][] }> {
	const { states, tooLate } = await receiveAnswers(app, course, actor, sent);
	if (tooLate && states.includes('saved')) throw new Refusal('closed', tooLate);
	return { states };
}

export interface Received extends Kept {
	/** The message that says why they do not count, although they are kept; null when they do. */
	readonly tooLate: string | null;
}

/**
 * What `saveAnswers` does, but what comes too late is told and not refused: for
 * a queue, where a refusal would undo what was kept.
 */
export async function receiveAnswers(
	app: App,
	course: Course,
	actor: Actor | null,
	{ testId, answers }: { readonly testId: string; readonly answers: readonly TestAnswer[] }
): Promise<Received> {
	const forms = formsOf(course);
	const at = app.now();
	return app.db.write(async (tx) => {
		const test = await findOwnTest(tx, actor, testId, at);
		const kept = await keepAnswers(
			tx,
			{ ...test.attempt, items: forms[test.attempt.form] },
			answers,
			at
		);
		return { ...kept, tooLate: whyTooLate(test) };
	});
}

/**
 * Hands a test in, for good. `answers` may carry what was not sent before.
 *
 * Handed in again, it is what it was. Refuses as `saveAnswers`; when the test is
 * closed the hand-in is kept as late and refused with `closed`.
 */
export async function handInTest(
	app: App,
	course: Course,
	actor: Actor | null,
	sent: { readonly testId: string; readonly answers?: readonly TestAnswer[] }
): Promise<Score> {
	const { score } = await receiveHandIn(app, course, actor, sent);
	if (!score) throw new Refusal('closed', 'courses_refused_test_late');
	return score;
}

export interface ReceivedHandIn {
	/** Null: it came too late and is kept. */
	readonly score: Score | null;
	readonly which: WhichTest;
	/** Ids of the items for which a newer answer of another device stands. */
	readonly newer: readonly string[];
}

/** What `handInTest` does, but what comes too late is told and not refused: for a queue. */
export async function receiveHandIn(
	app: App,
	course: Course,
	actor: Actor | null,
	{ testId, answers = [] }: { readonly testId: string; readonly answers?: readonly TestAnswer[] }
): Promise<ReceivedHandIn> {
	const forms = formsOf(course);
	const at = app.now();
	return app.db.write(async (tx) => {
		const test = await findOwnTest(tx, actor, testId, at);
		const { attempt } = test;
		const { trainingId, phase } = attempt;
		const which = { trainingId, phase };
		const { states } = await keepAnswers(
			tx,
			{ ...attempt, items: forms[attempt.form] },
			answers,
			at
		);
		const newer = answers.filter((_, n) => states[n] === 'newer').map(({ itemId }) => itemId);
		const counted = scoreOf(attempt);
		if (counted) return { score: counted, which, newer };
		if (!test.open) {
			const late = { handedInAt: attempt.handedInAt ?? at, late: true };
			await tx.update(testAttempt).set(late).where(eq(testAttempt.id, attempt.id));
			return { score: null, which, newer };
		}
		await tx.update(testAttempt).set({ handedInAt: at }).where(eq(testAttempt.id, attempt.id));
		return { score: await countAttempt(tx, forms, attempt, at), which, newer };
	});
}

/** Null until it counts. */
export function scoreOf({ correct, total }: Pick<Attempt, 'correct' | 'total'>): Score | null {
	return correct === null || total === null ? null : { correct, total };
}

interface OwnTest {
	readonly attempt: Attempt;
	readonly open: boolean;
}

/** One's own attempt and whether its test is open; anybody else's does not exist. */
async function findOwnTest(
	read: Read,
	actor: Actor | null,
	testId: string,
	now: Date
): Promise<OwnTest> {
	if (!actor) throw new Refusal('unauthenticated', 'courses_refused_signed_out');
	const [found] = await read
		.select({ attempt: testAttempt, training })
		.from(testAttempt)
		.innerJoin(training, eq(training.id, testAttempt.trainingId))
		.where(and(eq(testAttempt.id, testId), eq(testAttempt.userId, actor.userId)));
	const place = { trainingId: found?.attempt.trainingId ?? null };
	if (!found || !testAccess.can(actor, 'take', place)) {
		throw new Refusal('not_found', 'courses_refused_no_such_test');
	}
	const windows = await windowsOf(read, found.attempt.trainingId);
	const state = windowState(windows[found.attempt.phase], found.training, now);
	return { attempt: found.attempt, open: state === 'open' };
}

function whyTooLate({ attempt, open }: OwnTest): string | null {
	if (scoreOf(attempt)) return 'courses_refused_test_handed_in';
	return open ? null : 'courses_refused_test_late';
}

export interface TakenTest {
	readonly testId: string;
	readonly form: FormName;
	readonly forms: TestForms;
	readonly startedAt: Date;
	readonly handedInAt: Date | null;
	readonly late: boolean;
	readonly score: Score | null;
	/** Item id → the answer that stands. */
	readonly answers: ReadonlyMap<string, Operation>;
	/** Everything that arrived, in its order. */
	readonly operations: readonly Operation[];
	/** When the last answer arrived. */
	readonly savedAt: Date | null;
}

/** One's own test as it stands; null before it was begun. */
export async function ownTest(
	read: Read,
	course: Course,
	actor: Actor,
	{ trainingId, phase }: WhichTest
): Promise<TakenTest | null> {
	const own = await attemptsIn(read, trainingId, actor.userId);
	const attempt = own.find((one) => one.phase === phase);
	if (!attempt) return null;
	const operations = await operationsOf(read, attempt.id);
	const answers = [...standing(operations)].filter(([, { answer }]) => answer !== '');
	return {
		testId: attempt.id,
		form: attempt.form,
		forms: formsOf(course),
		startedAt: attempt.startedAt,
		handedInAt: attempt.handedInAt,
		late: attempt.late,
		score: scoreOf(attempt),
		answers: new Map(answers),
		operations,
		savedAt: operations.at(-1)?.receivedAt ?? null
	};
}

/** The test that is open and that this person has not handed in; null when there is none. */
export async function openTestFor(
	read: Read,
	actor: Actor,
	of: Training,
	now: Date
): Promise<TestPhase | null> {
	if (!testAccess.can(actor, 'take', { trainingId: of.id })) return null;
	const windows = await windowsOf(read, of.id);
	const open = testPhases.find((phase) => windowState(windows[phase], of, now) === 'open');
	if (!open) return null;
	const own = await attemptsIn(read, of.id, actor.userId);
	const attempt = own.find(({ phase }) => phase === open);
	return attempt && scoreOf(attempt) ? null : open;
}
