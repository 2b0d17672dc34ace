/** Opening and closing the tests of a training: the facilitator's word, and the server's clock. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { testAttempt, testWindow } from '#lib/platform/server/db/schema/index.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import type { Training } from '#lib/trainings/training.ts';
import type { Course, TestForms } from '../../course.ts';
import { testAccess, type TestAction } from '../access.ts';
import { isOver, type TestPhase, type Window } from '../test.ts';
import { countAttempt } from './counting.ts';

/** Which test of which training. */
export interface WhichTest {
	readonly trainingId: string;
	readonly phase: TestPhase;
}

/**
 * Opens a test, or opens it again. What was handed in too late while it was
 * closed counts from then on. Opening the post-test ends the pre-test for good:
 * what somebody knew beforehand cannot be asked any more.
 *
 * Refuses with `not_found`, `forbidden`, and `closed` when the training is over
 * or when the pre-test should open after the post-test.
 */
export async function openTest(
	app: App,
	course: Course,
	actor: Actor,
	{ trainingId, phase }: WhichTest
): Promise<void> {
	const forms = formsOf(course);
	const training = await findTrainingFor(app.db.read, actor, trainingId, 'run');
	const at = app.now();
	if (isOver(training, at)) throw new Refusal('closed', 'courses_refused_test_over');
	await app.db.write(async (tx) => {
		const windows = await windowsOf(tx, trainingId);
		if (phase === 'pre' && windows.post) {
			throw new Refusal('closed', 'courses_refused_pre_after_post');
		}
		if (windows[phase] && windows[phase].closedAt === null) return;
		if (phase === 'post') await close(tx, actor, { trainingId, phase: 'pre', at });
		const opened = { openedAt: at, openedBy: actor.userId };
		if (windows[phase]) {
			const anew = { closedAt: null, closedBy: null };
			await tx.update(testWindow).set(anew).where(isWindow({ trainingId, phase }));
			await acceptLate(tx, forms, { trainingId, phase, at });
		} else await tx.insert(testWindow).values({ trainingId, phase, ...opened });
		await audit(tx, deed(actor, `test.${phase}.opened`, trainingId, at));
	});
}

/** Closes a test; one that is closed stays so. Refuses as `openTest`, and `closed` when it was never open. */
export async function closeTest(
	app: App,
	actor: Actor,
	{ trainingId, phase }: WhichTest
): Promise<void> {
	await findTrainingFor(app.db.read, actor, trainingId, 'run');
	const at = app.now();
	await app.db.write(async (tx) => {
		const windows = await windowsOf(tx, trainingId);
		if (!windows[phase]) throw new Refusal('closed', 'courses_refused_test_not_open');
		if (windows[phase].closedAt !== null) return;
		await close(tx, actor, { trainingId, phase, at });
		await audit(tx, deed(actor, `test.${phase}.closed`, trainingId, at));
	});
}

const deed = (actor: Actor, action: string, trainingId: string, at: Date) => ({
	actorId: actor.userId,
	action,
	object: `training:${trainingId}`,
	at
});

async function close(tx: Tx, actor: Actor, { at, ...which }: WhichTest & { at: Date }) {
	await tx
		.update(testWindow)
		.set({ closedAt: at, closedBy: actor.userId })
		.where(and(isWindow(which), isNull(testWindow.closedAt)));
	await tx
		.update(testWindow)
		.set({ firstClosedAt: at })
		.where(and(isWindow(which), isNull(testWindow.firstClosedAt)));
}

const isWindow = ({ trainingId, phase }: WhichTest) =>
	and(eq(testWindow.trainingId, trainingId), eq(testWindow.phase, phase));

async function acceptLate(
	tx: Tx,
	forms: TestForms,
	{ trainingId, phase, at }: WhichTest & { at: Date }
) {
	const late = await tx
		.select()
		.from(testAttempt)
		.where(
			and(
				eq(testAttempt.trainingId, trainingId),
				eq(testAttempt.phase, phase),
				eq(testAttempt.late, true)
			)
		);
	for (const attempt of late) await countAttempt(tx, forms, attempt, at);
}

export type Windows = Readonly<Record<TestPhase, Window | null>>;

export async function windowsOf(read: Read, trainingId: string): Promise<Windows> {
	const rows = await read
		.select({
			phase: testWindow.phase,
			openedAt: testWindow.openedAt,
			closedAt: testWindow.closedAt,
			firstClosedAt: testWindow.firstClosedAt
		})
		.from(testWindow)
		.where(eq(testWindow.trainingId, trainingId));
	const of = (phase: TestPhase) => rows.find((row) => row.phase === phase) ?? null;
	return { pre: of('pre'), post: of('post') };
}

/** Refuses with `not_found` a training out of reach, with `forbidden` what is not this person's to do. */
export async function findTrainingFor(
	read: Read,
	actor: Actor,
	trainingId: string,
	action: TestAction
): Promise<Training> {
	const training = await findTraining(read, actor, trainingId);
	const place = { trainingId, regionCode: training.regionCode };
	if (testAccess.can(actor, action, place)) return training;
	throw new Refusal('forbidden', 'courses_refused_test_forbidden');
}

/** Refuses with `not_found` while no test is written. */
export function formsOf({ test }: Pick<Course, 'test'>): TestForms {
	if (!test) throw new Refusal('not_found', 'courses_refused_no_test');
	return test;
}
