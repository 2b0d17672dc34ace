/**
 * Joining a training: from the door with its code, through the waiting room,
 * into a village team. No e-mail, no identity number.
 */
import { and, asc, eq } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { joinRequest, training } from '#lib/platform/server/db/schema/index.ts';
import { covers, type Actor } from '#lib/people/actor.ts';
import type { ConsentPurpose } from '#lib/people/consents.ts';
import { isVillage } from '#lib/people/regions.ts';
import { prepareAccount, saveAccount } from '#lib/people/server/accounts.ts';
import { audit } from '#lib/people/server/audit.ts';
import { grantRole, revokeRole } from '#lib/people/server/grants.ts';
import { ensureLibrary, findRegion } from '#lib/people/server/regions.ts';
import { trainingAccess } from '../access.ts';
import { knock, type Knock, type Knocked } from './door.ts';
import { ensureGroup, leaveGroups, putInGroup } from './groups.ts';
import { findTraining } from './trainings.ts';

export type JoinState = (typeof joinRequest.$inferSelect)['state'];

/** Where somebody comes from: a village of our list, or one we do not know with the place it lies in. */
export type HomePlace =
	{ readonly villageCode: string } | { readonly regionCode: string; readonly villageName: string };

interface Home {
	readonly place: HomePlace;
	/** Null: the person left it empty. */
	readonly libraryName: string | null;
}

export interface Newcomer extends Home {
	readonly name: string;
	readonly username: string;
	readonly password: string;
	readonly consents: readonly ConsentPurpose[];
}

export interface Joined {
	readonly userId: string;
	readonly trainingId: string;
	readonly state: JoinState;
}

/**
 * A new person with an account, waiting to be let in, or in already when the
 * door is open.
 *
 * Refuses as `knock` and `createAccount`; with `invalid` for a place outside the
 * training's region or without the consent an account needs.
 */
export async function joinTraining(
	app: App,
	at: Knock,
	{ name, username, password, consents, ...home }: Newcomer
): Promise<Joined> {
	const door = await knock(app, { ...at, filledIn: true });
	if (!consents.includes('account')) throw new Refusal('invalid', 'trainings_refused_consent');
	await refuseElsewhere(app.db.read, door, home.place);
	const account = await prepareAccount({ name, username, password, consents });
	return enter(app, door, home, (tx, libraryId) =>
		saveAccount(tx, { ...account, libraryId }, app.now())
	);
}

/** Somebody with an account joins another training. Whoever is in or waiting already stays so. */
export async function joinAgain(app: App, actor: Actor, at: Knock, home: Home): Promise<Joined> {
	const door = await knock(app, { ...at, filledIn: true });
	await refuseElsewhere(app.db.read, door, home.place);
	return enter(app, door, home, async () => actor.userId);
}

async function refuseElsewhere(read: Read, { training }: Knocked, place: HomePlace): Promise<void> {
	const code = codeOf(place);
	const known = covers(training.regionCode, code) ? await findRegion(read, code) : null;
	const right = known && ('villageCode' in place ? isVillage(known) : true);
	if (!right) throw new Refusal('invalid', 'trainings_refused_place');
}

function codeOf(place: HomePlace): string {
	return 'villageCode' in place ? place.villageCode : place.regionCode;
}

async function enter(
	app: App,
	{ training, open }: Knocked,
	home: Home,
	personWith: (tx: Tx, libraryId: string | null) => Promise<string>
): Promise<Joined> {
	const at = app.now();
	const trainingId = training.id;
	const entered = await app.db.write(async (tx) => {
		const libraryId = await homeLibrary(tx, home);
		const userId = await personWith(tx, libraryId);
		const asked = await ask(tx, {
			trainingId,
			userId,
			regionCode: codeOf(home.place),
			libraryId,
			askedAt: at
		});
		if (asked !== 'waiting' || !open) return { userId, state: asked, admission: null };
		const admission = await admit(tx, { trainingId, userId, by: null, at });
		return { userId, state: 'approved' as const, admission };
	});
	announce(app, trainingId, entered.userId, entered.admission);
	return { userId: entered.userId, trainingId, state: entered.state };
}

/** A village we do not know is kept in the name of its library, which names the team later. */
async function homeLibrary(tx: Tx, { place, libraryName }: Home): Promise<string | null> {
	if ('villageCode' in place) {
		return libraryName ? ensureLibrary(tx, libraryName, place.villageCode) : null;
	}
	const { villageName, regionCode } = place;
	const name = libraryName ? `${libraryName}, ${villageName}` : `Perpustakaan ${villageName}`;
	return ensureLibrary(tx, name, regionCode);
}

/** Writes the request; who was declined may ask again, all others keep their place. */
async function ask(
	tx: Tx,
	request: Omit<typeof joinRequest.$inferInsert, 'state'>
): Promise<JoinState> {
	const held = await requestOf(tx, request.trainingId, request.userId);
	if (held && held.state !== 'declined') return held.state;
	const asked = { ...request, state: 'waiting' as const, decidedBy: null, decidedAt: null };
	await tx
		.insert(joinRequest)
		.values(asked)
		.onConflictDoUpdate({
			target: [joinRequest.trainingId, joinRequest.userId],
			set: asked
		});
	return 'waiting';
}

async function requestOf(read: Read, trainingId: string, userId: string) {
	const [found] = await read.select().from(joinRequest).where(ofPerson(trainingId, userId));
	return found ?? null;
}

function ofPerson(trainingId: string, userId: string) {
	return and(eq(joinRequest.trainingId, trainingId), eq(joinRequest.userId, userId));
}

interface Decision {
	readonly trainingId: string;
	readonly userId: string;
	/** Null: the open door. */
	readonly by: string | null;
	readonly at: Date;
}

interface Admission {
	readonly groupId: string;
	readonly formed: boolean;
}

/** Null when the person is in already: two taps, or two facilitators at once. */
async function admit(tx: Tx, decision: Decision): Promise<Admission | null> {
	const { trainingId, userId, by, at } = decision;
	const request = await requestOf(tx, trainingId, userId);
	if (!request) throw new Refusal('not_found', 'trainings_refused_person_not_found');
	if (request.state === 'approved') return null;
	await tx
		.update(joinRequest)
		.set({ state: 'approved', decidedBy: by, decidedAt: at })
		.where(ofPerson(trainingId, userId));
	const { regionCode, libraryId } = request;
	const admission = await ensureGroup(tx, { trainingId, regionCode, libraryId }, at);
	await putInGroup(tx, { trainingId, groupId: admission.groupId, userId }, at);
	const scope = { kind: 'training', id: trainingId } as const;
	await grantRole(tx, { userId, role: 'participant', scope, grantedBy: by, at });
	await audit(tx, { actorId: by, action: 'join.approved', object: `user:${userId}`, at });
	return admission;
}

function announce(app: App, trainingId: string, userId: string, admission: Admission | null): void {
	if (!admission) return;
	const { groupId, formed } = admission;
	if (formed) app.events.emit('group.formed', { groupId, trainingId });
	app.events.emit('grants.changed', { userId });
}

/** Lets somebody in. Refuses with `not_found` when they have not asked. Twice is no mistake. */
export async function approve(
	app: App,
	actor: Actor,
	trainingId: string,
	userId: string
): Promise<void> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	const decision = { trainingId, userId, by: actor.userId, at: app.now() };
	const admission = await app.db.write((tx) => admit(tx, decision));
	announce(app, trainingId, userId, admission);
}

/** Lets everybody in who is waiting now; returns how many. */
export async function approveWaiting(app: App, actor: Actor, trainingId: string): Promise<number> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	const waiting = await app.db.read
		.select({ userId: joinRequest.userId })
		.from(joinRequest)
		.where(and(eq(joinRequest.trainingId, trainingId), eq(joinRequest.state, 'waiting')))
		.orderBy(asc(joinRequest.askedAt));
	for (const { userId } of waiting) await approve(app, actor, trainingId, userId);
	return waiting.length;
}

/**
 * Turns somebody away, or takes them out again when they were let in. What they
 * wrote stays with the team. Twice is no mistake.
 */
export async function decline(
	app: App,
	actor: Actor,
	trainingId: string,
	userId: string
): Promise<void> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	const at = app.now();
	const changed = await app.db.write(async (tx) => {
		const request = await requestOf(tx, trainingId, userId);
		if (!request) throw new Refusal('not_found', 'trainings_refused_person_not_found');
		if (request.state === 'declined') return false;
		await tx
			.update(joinRequest)
			.set({ state: 'declined', decidedBy: actor.userId, decidedAt: at })
			.where(ofPerson(trainingId, userId));
		await leaveGroups(tx, trainingId, userId);
		await revokeRole(tx, userId, {
			role: 'participant',
			scope: { kind: 'training', id: trainingId }
		});
		const object = `user:${userId}`;
		await audit(tx, { actorId: actor.userId, action: 'join.declined', object, at });
		return request.state === 'approved';
	});
	if (changed) app.events.emit('grants.changed', { userId });
}

export interface OwnRequest {
	readonly trainingId: string;
	readonly title: string;
	readonly state: JoinState;
	/** False until somebody has let the person in. */
	readonly mayEnter: boolean;
}

/** What became of one's own knocking, for people who are nobody's participant yet. */
export async function ownRequests(app: App, actor: Actor): Promise<OwnRequest[]> {
	const rows = await app.db.read
		.select({
			trainingId: training.id,
			title: training.title,
			regionCode: training.regionCode,
			state: joinRequest.state
		})
		.from(joinRequest)
		.innerJoin(training, eq(training.id, joinRequest.trainingId))
		.where(eq(joinRequest.userId, actor.userId))
		.orderBy(asc(joinRequest.askedAt));
	return rows.map(({ regionCode, ...row }) => ({
		...row,
		mayEnter: trainingAccess.can(actor, 'read', { trainingId: row.trainingId, regionCode })
	}));
}
