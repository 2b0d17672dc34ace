/** Who is in a training, who waits at its door, who is there right now. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import {
	grant,
	group,
	groupMember,
	joinRequest,
	library,
	session,
	training,
	user
} from '#lib/platform/server/db/schema/index.ts';
import { isStaff, type Actor } from '#lib/people/actor.ts';
import { issueCode } from '#lib/people/server/codes.ts';
import { asGrant } from '#lib/people/server/grants.ts';
import { placeNames } from '#lib/people/server/regions.ts';
import { trainingAccess } from '../access.ts';
import type { JoinState } from './joining.ts';
import { findTraining } from './trainings.ts';

export interface Member {
	readonly userId: string;
	readonly name: string;
	readonly username: string;
	readonly library: string | null;
	readonly online: boolean;
}

export interface Team {
	readonly id: string;
	readonly name: string;
	readonly regionCode: string;
	readonly members: readonly Member[];
}

/**
 * The teams with their members, by name: all of them for those who run or follow
 * the training, a participant's own, none for those who may only read it.
 */
export async function teamsOf(app: App, actor: Actor, trainingId: string): Promise<Team[]> {
	await findTraining(app.db.read, actor, trainingId);
	const visible = trainingAccess.where(actor, 'see members', {
		trainingId: group.trainingId,
		regionCode: training.regionCode,
		groupId: group.id
	});
	const teams = await app.db.read
		.select({ id: group.id, name: group.name, regionCode: group.regionCode })
		.from(group)
		.innerJoin(training, eq(training.id, group.trainingId))
		.where(and(eq(group.trainingId, trainingId), visible))
		.orderBy(asc(group.name));
	const members = await membersOf(
		app,
		teams.map((team) => team.id)
	);
	return teams.map((team) => ({ ...team, members: members.get(team.id) ?? [] }));
}

async function membersOf(app: App, groupIds: string[]): Promise<Map<string, Member[]>> {
	const byGroup = new Map<string, Member[]>();
	if (groupIds.length === 0) return byGroup;
	const rows = await app.db.read
		.select({
			groupId: groupMember.groupId,
			userId: user.id,
			name: user.name,
			username: user.username,
			library: library.name
		})
		.from(groupMember)
		.innerJoin(user, eq(user.id, groupMember.userId))
		.leftJoin(library, eq(library.id, user.libraryId))
		.where(inArray(groupMember.groupId, groupIds))
		.orderBy(asc(user.name), asc(user.username));
	const online = await onlineAmong(
		app,
		rows.map((row) => row.userId)
	);
	for (const { groupId, ...member } of rows) {
		const team = byGroup.get(groupId) ?? [];
		byGroup.set(groupId, [...team, { ...member, online: online.has(member.userId) }]);
	}
	return byGroup;
}

/** Sessions note when they were seen once a minute: two minutes mean "there". */
const THERE_MS = 2 * 60_000;

async function onlineAmong(app: App, userIds: string[]): Promise<ReadonlySet<string>> {
	if (userIds.length === 0) return new Set();
	const since = new Date(app.now().getTime() - THERE_MS);
	const seen = await app.db.read
		.selectDistinct({ userId: session.userId })
		.from(session)
		.where(and(inArray(session.userId, userIds), gt(session.seenAt, since)));
	return new Set(seen.map((row) => row.userId));
}

const isParticipantOf = (trainingId: string) =>
	and(
		eq(grant.role, 'participant'),
		eq(grant.scopeKind, 'training'),
		eq(grant.scopeId, trainingId)
	);

/** How many take part in a training, for who has asked already. */
export const participantCount = (read: Read, trainingId: string): Promise<number> =>
	read.$count(grant, isParticipantOf(trainingId));

/** Who takes part in a training, for who has asked already. */
export async function participantIds(read: Read, trainingId: string): Promise<string[]> {
	const rows = await read
		.select({ userId: grant.userId })
		.from(grant)
		.where(isParticipantOf(trainingId));
	return rows.map(({ userId }) => userId);
}

/** Those of some people who take part in a training, for who has asked already. */
export async function participantsAmong(
	read: Read,
	trainingId: string,
	userIds: readonly string[]
): Promise<Set<string>> {
	if (userIds.length === 0) return new Set();
	const rows = await read
		.select({ userId: grant.userId })
		.from(grant)
		.where(and(isParticipantOf(trainingId), inArray(grant.userId, [...userIds])));
	return new Set(rows.map(({ userId }) => userId));
}

export interface AtTheDoor {
	readonly userId: string;
	readonly name: string;
	readonly username: string;
	readonly place: string;
	readonly library: string | null;
	readonly askedAt: Date;
}

/** Who waits to be let in, the longest first; or who was turned away. */
export async function peopleAtTheDoor(
	app: App,
	actor: Actor,
	trainingId: string,
	state: JoinState = 'waiting'
): Promise<AtTheDoor[]> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	const rows = await app.db.read
		.select({
			userId: user.id,
			name: user.name,
			username: user.username,
			regionCode: joinRequest.regionCode,
			library: library.name,
			askedAt: joinRequest.askedAt
		})
		.from(joinRequest)
		.innerJoin(user, eq(user.id, joinRequest.userId))
		.leftJoin(library, eq(library.id, joinRequest.libraryId))
		.where(and(eq(joinRequest.trainingId, trainingId), eq(joinRequest.state, state)))
		.orderBy(asc(joinRequest.askedAt), asc(user.username));
	const places = await placeNames(
		app.db.read,
		rows.map(({ regionCode }) => regionCode)
	);
	return rows.map(({ regionCode, ...row }) => ({ ...row, place: places.get(regionCode) ?? '' }));
}

/** How many wait to be let in, for who has asked already whether they may run the training. */
export const waitingCount = (read: Read, trainingId: string): Promise<number> =>
	read.$count(
		joinRequest,
		and(eq(joinRequest.trainingId, trainingId), eq(joinRequest.state, 'waiting'))
	);

/** Minutes in which a one-time code must be used: the person stands next to the facilitator. */
export const CODE_MINUTES = 10;

/**
 * A one-time code with which a participant chooses a new password.
 *
 * Refuses with `not_found` for anybody who is not in this training, and with
 * `forbidden` for staff, who could do more than the one who asks.
 */
export async function resetPassword(
	app: App,
	actor: Actor,
	trainingId: string,
	userId: string
): Promise<{ name: string; username: string; code: string }> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	const [person] = await app.db.read
		.select({ name: user.name, username: user.username })
		.from(joinRequest)
		.innerJoin(user, eq(user.id, joinRequest.userId))
		.where(
			and(
				eq(joinRequest.trainingId, trainingId),
				eq(joinRequest.userId, userId),
				eq(joinRequest.state, 'approved')
			)
		);
	if (!person) throw new Refusal('not_found', 'trainings_refused_person_not_found');
	const grants = await app.db.read.select().from(grant).where(eq(grant.userId, userId));
	if (isStaff(grants.map(asGrant))) {
		throw new Refusal('forbidden', 'trainings_refused_reset_staff');
	}
	const { code } = await issueCode(app, actor, userId, { minutes: CODE_MINUTES });
	return { ...person, code };
}
