/** Reading completion: one's own, and that of a class. */
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { certificate, completion, user } from '#lib/platform/server/db/schema/index.ts';
import { teamsOf } from '#lib/trainings/server/people.ts';
import type { Hours } from '#lib/trainings/attendance.ts';
import type { Training } from '#lib/trainings/training.ts';
import { certificateAccess } from '../access.ts';
import { areMet, conditionsOf, type Condition, type Terms } from '../completion.ts';
import { lastCertificate, type Certificate } from './certificates.ts';
import { factsOf, findTrainingFor, termsOf } from './completion.ts';

export interface Standing {
	readonly conditions: readonly Condition[];
	readonly complete: boolean;
	/** Completed although a condition was missing: by whom, and why. */
	readonly override: { readonly by: string; readonly reason: string } | null;
	/** The one in force, or else the newest. */
	readonly certificate: Certificate | null;
}

export interface OwnStanding extends Standing {
	readonly training: Training;
}

/** Refuses with `not_found`, and with `forbidden` who does not take part. */
export async function ownStanding(
	app: App,
	actor: Actor,
	trainingId: string
): Promise<OwnStanding> {
	const training = await findTrainingFor(app.db.read, actor, trainingId, 'earn');
	const { userId } = actor;
	return app.db.snapshot(async (read) => {
		const facts = await factsOf(read, trainingId, [userId]);
		const known = facts.get(userId);
		const conditions = known ? conditionsOf(await termsOf(read, trainingId), known) : [];
		const [done] = await read
			.select({ overriddenBy: completion.overriddenBy, reason: completion.reason, by: user.name })
			.from(completion)
			.leftJoin(user, eq(user.id, completion.overriddenBy))
			.where(and(eq(completion.trainingId, trainingId), eq(completion.userId, userId)));
		return {
			training,
			conditions,
			complete: done !== undefined || areMet(conditions),
			override: done?.overriddenBy ? { by: done.by ?? '', reason: done.reason ?? '' } : null,
			certificate: await lastCertificate(read, { trainingId, userId })
		};
	});
}

/** Whether this person has completed the training and no certificate was ever issued. */
export async function certificateWaits(
	read: Read,
	{ userId }: Actor,
	{ id: trainingId }: Training
): Promise<boolean> {
	const [done] = await read
		.select({ at: completion.at })
		.from(completion)
		.where(and(eq(completion.trainingId, trainingId), eq(completion.userId, userId)));
	return done !== undefined && (await lastCertificate(read, { trainingId, userId })) === null;
}

export interface ClassMember extends Standing {
	readonly userId: string;
	readonly hours: Hours;
	readonly name: string;
	readonly team: string;
}

export interface ClassStanding {
	readonly training: Training;
	readonly terms: Terms;
	readonly people: readonly ClassMember[];
	/** Whether the actor may issue certificates and complete people; and whether revoke and set terms. */
	readonly mayAward: boolean;
	readonly mayManage: boolean;
}

/** Everybody who takes part. Refuses with `not_found` and `forbidden`. */
export async function classStanding(
	app: App,
	actor: Actor,
	trainingId: string
): Promise<ClassStanding> {
	const { read } = app.db;
	const training = await findTrainingFor(read, actor, trainingId, 'follow');
	const teams = await teamsOf(app, actor, trainingId);
	const members = teams.flatMap((team) =>
		team.members.map(({ userId, name }) => ({ userId, name, team: team.name }))
	);
	const terms = await termsOf(read, trainingId);
	const facts = await factsOf(
		read,
		trainingId,
		members.map(({ userId }) => userId)
	);
	const done = await read
		.select({ userId: completion.userId, reason: completion.reason, by: user.name })
		.from(completion)
		.leftJoin(user, eq(user.id, completion.overriddenBy))
		.where(eq(completion.trainingId, trainingId));
	const certificates = await read
		.select()
		.from(certificate)
		.where(eq(certificate.trainingId, trainingId));
	const newestOf = (userId: string) => {
		const own = certificates.filter((one) => one.userId === userId);
		const newest = own.toSorted((one, other) => Number(other.issuedAt) - Number(one.issuedAt))[0];
		return own.find(({ revokedAt }) => revokedAt === null) ?? newest ?? null;
	};
	const place = { trainingId, regionCode: training.regionCode };
	return {
		training,
		terms,
		people: members.map((member) => {
			const known = facts.get(member.userId);
			const conditions = known ? conditionsOf(terms, known) : [];
			const row = done.find(({ userId }) => userId === member.userId);
			return {
				...member,
				hours: known?.hours ?? { attended: 0, total: 0 },
				conditions,
				complete: row !== undefined || areMet(conditions),
				override: row?.by ? { by: row.by, reason: row.reason ?? '' } : null,
				certificate: newestOf(member.userId)
			};
		}),
		mayAward: certificateAccess.can(actor, 'award', place),
		mayManage: certificateAccess.can(actor, 'manage', place)
	};
}
