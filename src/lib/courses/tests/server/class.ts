/** The tests of a class for those who run it or follow it: who has handed in, and what the class knows. */
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { testAttempt, testOperation, testResult } from '#lib/platform/server/db/schema/index.ts';
import { count } from '#lib/platform/server/db/sql.ts';
import { participantCount, teamsOf } from '#lib/trainings/server/people.ts';
import type { Training } from '#lib/trainings/training.ts';
import { testAccess } from '../access.ts';
import {
	classGain,
	phaseResult,
	tookBothTests,
	turnoutOf,
	type ClassGain,
	type CountedAnswer,
	type FirstClosed,
	type PhaseResult,
	type Turnout
} from '../class-results.ts';
import { shownPeople } from '../shown-people.ts';
import { isOver, testPhases, windowState, type TestPhase, type WindowState } from '../test.ts';
import { findTrainingFor, windowsOf, type Windows } from './windows.ts';

export type HandInState =
	| { readonly kind: 'not begun' }
	| { readonly kind: 'begun'; readonly answered: number }
	| { readonly kind: 'handed in' }
	| { readonly kind: 'late' };

export interface Participant {
	readonly userId: string;
	readonly name: string;
	readonly team: string;
	readonly tests: Readonly<Record<TestPhase, HandInState>>;
}

export interface ClassTest {
	readonly state: WindowState;
	readonly openedAt: Date | null;
	readonly closedAt: Date | null;
	/** How many of this test count. */
	readonly handedIn: number;
	/**
	 * Null while it is not closed, or when fewer than five handed in. Speaks of fewer than `handedIn`
	 * while those who came after the first closing are not yet five, and when one to four people took
	 * only one of the tests.
	 */
	readonly result: PhaseResult | null;
}

export interface ClassTests {
	readonly training: Training;
	readonly tests: Readonly<Record<TestPhase, ClassTest>>;
	readonly turnout: Turnout;
	/** Null until both are closed, or when fewer than five took both. */
	readonly gain: ClassGain | null;
	/** Null for those who may not see who is who. */
	readonly participants: readonly Participant[] | null;
	readonly mayRun: boolean;
	/** Whether the days in which tests can be open are past. */
	readonly over: boolean;
}

/** Refuses with `not_found`, and with `forbidden` whoever may not read the results of a class. */
export async function classTests(app: App, actor: Actor, trainingId: string): Promise<ClassTests> {
	const training = await findTrainingFor(app.db.read, actor, trainingId, 'read');
	const { windows, answers, invited } = await app.db.snapshot(async (read) => ({
		windows: await windowsOf(read, trainingId),
		answers: await countedAnswers(read, trainingId),
		invited: await participantCount(read, trainingId)
	}));
	const place = { trainingId, regionCode: training.regionCode };
	const firstClosed = {
		pre: windows.pre?.firstClosedAt ?? null,
		post: windows.post?.firstClosedAt ?? null
	};
	const now = app.now();
	const stateOf = (phase: TestPhase) => windowState(windows[phase], training, now);
	const bothClosed = testPhases.every((phase) => stateOf(phase) === 'closed');
	const both = bothClosed ? tookBothTests(answers, firstClosed) : undefined;
	return {
		training,
		tests: testsOf(windows, { stateOf, answers, firstClosed, both }),
		turnout: turnoutOf(answers, invited),
		gain: bothClosed ? classGain(answers, firstClosed) : null,
		participants: testAccess.can(actor, 'follow', place)
			? await participantsOf(app, actor, trainingId)
			: null,
		mayRun: testAccess.can(actor, 'run', place),
		over: isOver(training, now)
	};
}

/**
 * What the class knew beforehand, once the pre-test is closed: the answers of those its figures may
 * speak of, nobody's before that. The caller has made sure that the actor may see these people.
 */
export async function preTestAnswers(app: App, training: Training): Promise<CountedAnswer[]> {
	const { pre } = await windowsOf(app.db.read, training.id);
	if (windowState(pre, training, app.now()) !== 'closed') return [];
	const answers = (await countedAnswers(app.db.read, training.id)).filter(
		({ phase }) => phase === 'pre'
	);
	const shown = shownPeople(answers, pre?.firstClosedAt ?? null);
	return answers.filter(({ userId }) => shown.has(userId));
}

interface Facts {
	readonly stateOf: (phase: TestPhase) => WindowState;
	readonly answers: readonly CountedAnswer[];
	readonly firstClosed: FirstClosed;
	/** Those of whom the gain speaks, once both tests are closed. */
	readonly both: ReadonlySet<string> | undefined;
}

function testsOf(
	windows: Windows,
	{ stateOf, answers, firstClosed, both }: Facts
): Record<TestPhase, ClassTest> {
	const of = (phase: TestPhase): ClassTest => {
		const window = windows[phase];
		const state = stateOf(phase);
		const own = answers.filter((answer) => answer.phase === phase);
		return {
			state,
			openedAt: window?.openedAt ?? null,
			closedAt: window?.closedAt ?? null,
			handedIn: new Set(own.map(({ userId }) => userId)).size,
			result: state === 'closed' ? phaseResult(answers, phase, firstClosed, both) : null
		};
	};
	return { pre: of('pre'), post: of('post') };
}

async function countedAnswers(read: Read, trainingId: string): Promise<CountedAnswer[]> {
	const rows = await read
		.select({
			userId: testAttempt.userId,
			phase: testAttempt.phase,
			form: testAttempt.form,
			objective: testResult.objective,
			right: testResult.right,
			handedInAt: testAttempt.handedInAt
		})
		.from(testResult)
		.innerJoin(testAttempt, eq(testAttempt.id, testResult.attemptId))
		.where(and(eq(testAttempt.trainingId, trainingId), isNotNull(testAttempt.correct)))
		.orderBy(testResult.itemId, testAttempt.id);
	return rows.flatMap(({ handedInAt, ...row }) => (handedInAt ? [{ ...row, handedInAt }] : []));
}

async function participantsOf(app: App, actor: Actor, trainingId: string): Promise<Participant[]> {
	const teams = await teamsOf(app, actor, trainingId);
	const attempts = await app.db.read
		.select({
			userId: testAttempt.userId,
			phase: testAttempt.phase,
			correct: testAttempt.correct,
			late: testAttempt.late,
			answered: count(sql`distinct ${testOperation.itemId}`)
		})
		.from(testAttempt)
		.leftJoin(testOperation, eq(testOperation.attemptId, testAttempt.id))
		.where(eq(testAttempt.trainingId, trainingId))
		.groupBy(testAttempt.id);
	const stateOf = (userId: string, phase: TestPhase): HandInState => {
		const own = attempts.find((row) => row.userId === userId && row.phase === phase);
		if (!own) return { kind: 'not begun' };
		if (own.correct !== null) return { kind: 'handed in' };
		return own.late ? { kind: 'late' } : { kind: 'begun', answered: own.answered };
	};
	return teams.flatMap((team) =>
		team.members.map(({ userId, name }) => ({
			userId,
			name,
			team: team.name,
			tests: { pre: stateOf(userId, 'pre'), post: stateOf(userId, 'post') }
		}))
	);
}
