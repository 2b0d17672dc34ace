/** Facilitators (pelatih ahli) of a training: assigned by the office that holds it. */
import { and, asc, eq } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { grant, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { asUsername, confirmPassword } from '#lib/people/server/accounts.ts';
import { audit } from '#lib/people/server/audit.ts';
import { grantRole, revokeRole } from '#lib/people/server/grants.ts';
import { findTraining } from './trainings.ts';

export interface Facilitator {
	readonly userId: string;
	readonly name: string;
	readonly username: string;
}

export async function facilitatorsOf(
	app: App,
	actor: Actor,
	trainingId: string
): Promise<Facilitator[]> {
	await findTraining(app.db.read, actor, trainingId);
	return app.db.read
		.select({ userId: user.id, name: user.name, username: user.username })
		.from(grant)
		.innerJoin(user, eq(user.id, grant.userId))
		.where(
			and(
				eq(grant.role, 'facilitator'),
				eq(grant.scopeKind, 'training'),
				eq(grant.scopeId, trainingId)
			)
		)
		.orderBy(asc(user.name));
}

interface Assignment {
	readonly username: string;
	/** The actor's own, asked again: rights are about to change. */
	readonly ownPassword: string;
}

/** Refuses with `invalid` for a wrong password or a user name nobody has. */
export async function assignFacilitator(
	app: App,
	actor: Actor,
	trainingId: string,
	{ username, ownPassword }: Assignment
): Promise<void> {
	await findTraining(app.db.read, actor, trainingId, 'manage');
	await confirmPassword(app, actor, ownPassword);
	const [person] = await app.db.read
		.select({ userId: user.id })
		.from(user)
		.where(eq(user.username, asUsername(username)));
	if (!person) throw new Refusal('invalid', 'trainings_refused_username_unknown');
	const { userId } = person;
	const at = app.now();
	const scope = { kind: 'training', id: trainingId } as const;
	await app.db.write(async (tx) => {
		await grantRole(tx, { userId, role: 'facilitator', scope, grantedBy: actor.userId, at });
		const object = `user:${userId}`;
		await audit(tx, { actorId: actor.userId, action: 'facilitator.assigned', object, at });
	});
	app.events.emit('grants.changed', { userId });
}

export async function dismissFacilitator(
	app: App,
	actor: Actor,
	trainingId: string,
	userId: string
): Promise<void> {
	await findTraining(app.db.read, actor, trainingId, 'manage');
	const at = app.now();
	await app.db.write(async (tx) => {
		const scope = { kind: 'training', id: trainingId } as const;
		await revokeRole(tx, userId, { role: 'facilitator', scope });
		const object = `user:${userId}`;
		await audit(tx, { actorId: actor.userId, action: 'facilitator.dismissed', object, at });
	});
	app.events.emit('grants.changed', { userId });
}
