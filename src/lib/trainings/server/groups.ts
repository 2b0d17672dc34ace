/** Village teams (kelompok, tim desa): formed as people arrive, or beforehand by the office. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { group, groupMember, library, region } from '#lib/platform/server/db/schema/index.ts';
import { covers, type Actor } from '#lib/people/actor.ts';
import { isVillage, parentOf } from '#lib/people/regions.ts';
import { findRegion } from '#lib/people/server/regions.ts';
import { teamName } from '../training.ts';
import { findTraining } from './trainings.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		/** A team exists from now on: its plans can be laid out. */
		'group.formed': { readonly groupId: string; readonly trainingId: string };
	}
}

export interface Group {
	readonly id: string;
	readonly trainingId: string;
	readonly name: string;
	readonly regionCode: string;
	readonly libraryId: string | null;
}

/** All teams of a training, by name: for those who may read it. Who is in them is `teamsOf`'s to say. */
export async function groupsOf(app: App, actor: Actor, trainingId: string): Promise<Group[]> {
	await findTraining(app.db.read, actor, trainingId);
	return app.db.read
		.select()
		.from(group)
		.where(eq(group.trainingId, trainingId))
		.orderBy(asc(group.name));
}

/** The teams an actor is a member of, in all trainings or one. */
export async function ownGroups(app: App, actor: Actor, trainingId?: string): Promise<Group[]> {
	if (actor.groupIds.length === 0) return [];
	return app.db.read
		.select()
		.from(group)
		.where(
			and(
				inArray(group.id, [...actor.groupIds]),
				trainingId ? eq(group.trainingId, trainingId) : undefined
			)
		)
		.orderBy(asc(group.name));
}

/**
 * A team for a village before anybody has arrived. Making it twice is no mistake.
 *
 * Refuses with `invalid` when the village is unknown or outside the training's region.
 */
export async function createGroup(
	app: App,
	actor: Actor,
	trainingId: string,
	villageCode: string
): Promise<{ groupId: string }> {
	const training = await findTraining(app.db.read, actor, trainingId, 'run');
	const village = await findRegion(app.db.read, villageCode);
	if (!village || !isVillage(village) || !covers(training.regionCode, villageCode)) {
		throw new Refusal('invalid', 'trainings_refused_place');
	}
	const place = { trainingId, regionCode: villageCode, libraryId: null };
	const { groupId, formed } = await app.db.write((tx) => ensureGroup(tx, place, app.now()));
	if (formed) app.events.emit('group.formed', { groupId, trainingId });
	return { groupId };
}

interface TeamPlace {
	readonly trainingId: string;
	readonly regionCode: string;
	readonly libraryId: string | null;
}

/**
 * The team for that place, formed when there is none. In a village with several
 * teams the one of the same library is taken. A place that is no village (its
 * village is missing from our list) gets a team called after its library.
 */
export async function ensureGroup(
	tx: Tx,
	place: TeamPlace,
	at: Date
): Promise<{ groupId: string; formed: boolean }> {
	const name = await nameFor(tx, place);
	const there = await tx
		.select()
		.from(group)
		.where(and(eq(group.trainingId, place.trainingId), eq(group.regionCode, place.regionCode)))
		.orderBy(asc(group.name));
	const village = await findRegion(tx, place.regionCode);
	const found =
		there.find((one) => one.libraryId !== null && one.libraryId === place.libraryId) ??
		there.find((one) => one.name === name) ??
		(village && isVillage(village) ? there[0] : undefined);
	if (found) return { groupId: found.id, formed: false };
	const [made] = await tx
		.insert(group)
		.values({ ...place, name, createdAt: at })
		.returning();
	if (!made) throw new Error('the team was not written');
	return { groupId: made.id, formed: true };
}

async function nameFor(read: Read, { regionCode, libraryId }: TeamPlace): Promise<string> {
	const district = parentOf(regionCode) ?? regionCode;
	const names = await read
		.select()
		.from(region)
		.where(inArray(region.code, [regionCode, district]));
	const own = names.find((row) => row.code === regionCode);
	if (own && isVillage(own)) {
		return teamName(own.name, names.find((row) => row.code === district)?.name ?? '');
	}
	const [home] = libraryId
		? await read.select().from(library).where(eq(library.id, libraryId))
		: [];
	return home?.name ?? own?.name ?? regionCode;
}

/** One team per person and training: joining one means leaving the other. */
export async function putInGroup(
	tx: Tx,
	member: { readonly trainingId: string; readonly groupId: string; readonly userId: string },
	at: Date
): Promise<void> {
	const { trainingId, groupId, userId } = member;
	await leaveGroups(tx, trainingId, userId, groupId);
	await tx.insert(groupMember).values({ groupId, userId, joinedAt: at }).onConflictDoNothing();
}

export async function leaveGroups(
	tx: Tx,
	trainingId: string,
	userId: string,
	except?: string
): Promise<void> {
	const rows = await tx
		.select({ id: group.id })
		.from(group)
		.innerJoin(groupMember, eq(groupMember.groupId, group.id))
		.where(and(eq(group.trainingId, trainingId), eq(groupMember.userId, userId)));
	const others = rows.map((row) => row.id).filter((id) => id !== except);
	if (others.length === 0) return;
	await tx
		.delete(groupMember)
		.where(and(eq(groupMember.userId, userId), inArray(groupMember.groupId, others)));
}

/** Refuses with `not_found` when the person or the team is not of this training. */
export async function moveMember(
	app: App,
	actor: Actor,
	trainingId: string,
	move: { readonly userId: string; readonly groupId: string }
): Promise<void> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	await app.db.write(async (tx) => {
		const members = await tx
			.select({ groupId: group.id })
			.from(group)
			.innerJoin(groupMember, eq(groupMember.groupId, group.id))
			.where(and(eq(group.trainingId, trainingId), eq(groupMember.userId, move.userId)));
		const [target] = await tx
			.select({ id: group.id })
			.from(group)
			.where(and(eq(group.trainingId, trainingId), eq(group.id, move.groupId)));
		if (members.length === 0 || !target) {
			throw new Refusal('not_found', 'trainings_refused_person_not_found');
		}
		await putInGroup(tx, { trainingId, ...move }, app.now());
	});
	app.events.emit('grants.changed', { userId: move.userId });
}
