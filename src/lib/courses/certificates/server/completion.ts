/**
 * Completing a training: noted as soon as everything that is asked for is met,
 * or when a facilitator says so with a reason. Never taken back, whatever is
 * corrected or asked for later.
 */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { completion, completionTerms, testAttempt } from '#lib/platform/server/db/schema/index.ts';
import { hoursIn } from '#lib/trainings/attendance.ts';
import { slotsOf } from '#lib/trainings/server/agenda.ts';
import { attendedSlots } from '#lib/trainings/server/attendance.ts';
import { participantIds, participantsAmong } from '#lib/trainings/server/people.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import type { Training } from '#lib/trainings/training.ts';
import { certificateAccess, type CertificateAction } from '../access.ts';
import { areMet, conditionsOf, PROPOSED_TERMS, type Facts, type Terms } from '../completion.ts';

/** Who in which training. */
export interface WhichPerson {
	readonly trainingId: string;
	readonly userId: string;
}

export async function termsOf(read: Read, trainingId: string): Promise<Terms> {
	const [set] = await read
		.select()
		.from(completionTerms)
		.where(eq(completionTerms.trainingId, trainingId));
	if (!set) return PROPOSED_TERMS;
	const { attendancePercent, preTest, postTest } = set;
	return { attendancePercent, preTest, postTest };
}

/**
 * Sets what a training asks for. Whoever had completed it under what was asked
 * before has completed it.
 *
 * Refuses with `not_found`, `forbidden`, and `invalid` for a share outside 0 to 100.
 */
export async function changeTerms(
	app: App,
	actor: Actor,
	trainingId: string,
	terms: Terms
): Promise<void> {
	await findTrainingFor(app.db.read, actor, trainingId, 'manage');
	const { attendancePercent: percent } = terms;
	if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
		throw new Refusal('invalid', 'courses_refused_terms');
	}
	const at = app.now();
	await app.db.write(async (tx) => {
		await noteWhoIsComplete(tx, trainingId, at);
		const row = { ...terms, changedBy: actor.userId, changedAt: at };
		await tx
			.insert(completionTerms)
			.values({ trainingId, ...row })
			.onConflictDoUpdate({ target: completionTerms.trainingId, set: row });
		await noteWhoIsComplete(tx, trainingId, at);
		const object = `training:${trainingId}`;
		await audit(tx, { actorId: actor.userId, action: 'completion.terms', object, at });
	});
}

/** Notes who of these people has completed the training by now. Called whenever a fact has changed. */
export function settleCompletions(
	app: App,
	{ trainingId, userIds }: { readonly trainingId: string; readonly userIds: readonly string[] }
): Promise<void> {
	return app.db.write((tx) => settle(tx, trainingId, userIds, app.now()));
}

/** The same for one person, in the transaction that changed a fact. */
export const noteIfComplete = (
	tx: Tx,
	{ trainingId, userId }: WhichPerson,
	at: Date
): Promise<void> => settle(tx, trainingId, [userId], at);

/** The same for everybody who takes part. */
export const noteWhoIsComplete = async (tx: Tx, trainingId: string, at: Date): Promise<void> =>
	settle(tx, trainingId, await participantIds(tx, trainingId), at);

async function settle(tx: Tx, trainingId: string, userIds: readonly string[], at: Date) {
	const terms = await termsOf(tx, trainingId);
	const facts = await factsOf(tx, trainingId, userIds);
	const through = [...facts].filter(([, known]) => areMet(conditionsOf(terms, known)));
	if (through.length === 0) return;
	await tx
		.insert(completion)
		.values(through.map(([userId]) => ({ trainingId, userId, at })))
		.onConflictDoNothing();
}

/** User id → what counts towards completing the training. */
export async function factsOf(
	read: Read,
	trainingId: string,
	userIds: readonly string[]
): Promise<Map<string, Facts>> {
	if (userIds.length === 0) return new Map();
	const slots = await slotsOf(read, trainingId);
	const attended = await attendedSlots(read, trainingId, userIds);
	const counted = await read
		.select({ userId: testAttempt.userId, phase: testAttempt.phase })
		.from(testAttempt)
		.where(
			and(
				eq(testAttempt.trainingId, trainingId),
				isNotNull(testAttempt.correct),
				inArray(testAttempt.userId, [...userIds])
			)
		);
	return new Map(
		userIds.map((userId) => {
			const has = (phase: string) =>
				counted.some((row) => row.userId === userId && row.phase === phase);
			const hours = hoursIn(slots, attended.get(userId) ?? new Set());
			return [userId, { hours, handedIn: { pre: has('pre'), post: has('post') } }];
		})
	);
}

/**
 * Completes somebody although a condition is missing: the reason stays.
 * Whoever has completed already stays as they are.
 *
 * Refuses with `not_found`, `forbidden`, and `invalid` when the person does not
 * take part in the training.
 */
export async function overrideCompletion(
	app: App,
	actor: Actor,
	{ trainingId, userId, reason }: WhichPerson & { readonly reason: string }
): Promise<void> {
	await findTrainingFor(app.db.read, actor, trainingId, 'award');
	const at = app.now();
	await app.db.write(async (tx) => {
		await refuseStranger(tx, { trainingId, userId });
		const said = { at, overriddenBy: actor.userId, reason };
		const noted = await tx
			.insert(completion)
			.values({ trainingId, userId, ...said })
			.onConflictDoNothing()
			.returning();
		if (noted.length === 0) return;
		const object = `training:${trainingId} user:${userId}`;
		await audit(tx, { actorId: actor.userId, action: 'completion.overridden', object, at });
	});
}

export async function refuseStranger(
	read: Read,
	{ trainingId, userId }: WhichPerson
): Promise<void> {
	if ((await participantsAmong(read, trainingId, [userId])).has(userId)) return;
	throw new Refusal('invalid', 'courses_refused_no_participant');
}

/** Refuses with `not_found` a training out of reach, with `forbidden` what is not this person's to do. */
export async function findTrainingFor(
	read: Read,
	actor: Actor,
	trainingId: string,
	action: CertificateAction
): Promise<Training> {
	const training = await findTraining(read, actor, trainingId);
	const place = { trainingId, regionCode: training.regionCode };
	if (certificateAccess.can(actor, action, place)) return training;
	throw new Refusal('forbidden', 'courses_refused_certificate_forbidden');
}
