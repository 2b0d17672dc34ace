/**
 * The cast: Sri and Budi in different village teams of one training, Yusuf who
 * teaches it, Ani in the provincial office that holds it, Bambang at Perpusnas
 * who reviews it. Everything is made by the rooms themselves.
 */
import { eq } from 'drizzle-orm';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import type { App } from '#lib/platform/server/app.ts';
import { grant, groupMember, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor, Role, Scope } from '#lib/people/actor.ts';
import { createAccount } from '#lib/people/server/accounts.ts';
import { asGrant, grantRole } from '#lib/people/server/grants.ts';
import { ensureRegions } from '#lib/people/server/regions.ts';
import type { Training } from '#lib/trainings/training.ts';
import { doorOf, openDoor } from '#lib/trainings/server/door.ts';
import { joinAgain, type HomePlace } from '#lib/trainings/server/joining.ts';
import {
	createTraining,
	findTraining,
	type TrainingTerms
} from '#lib/trainings/server/trainings.ts';

export const JAMBI = '15';
export const KARMEO = '15.04.04.2011';
export const PARIT_BILAL = '15.06.03.2015';
/** Long enough, and nothing anybody would guess first. */
export const PASSWORD = 'tujuh kerbau di sawah';

/** The person as they would be right after signing in: call again when grants have changed. */
export async function actorFor(app: App, userId: string): Promise<Actor> {
	const { read } = app.db;
	const [who] = await read.select().from(user).where(eq(user.id, userId));
	if (!who) throw new Error(`no such person: ${userId}`);
	const grants = await read.select().from(grant).where(eq(grant.userId, userId));
	const groups = await read.select().from(groupMember).where(eq(groupMember.userId, userId));
	return {
		userId,
		name: who.name,
		username: who.username,
		sessionId: `session of ${who.username}`,
		grants: grants.map(asGrant),
		groupIds: groups.map((row) => row.groupId),
		asked: 0
	};
}

interface Somebody {
	readonly name: string;
	readonly grants?: readonly { readonly role: Role; readonly scope: Scope }[];
	/** Hashing takes its time: most tests sign nobody in. */
	readonly password?: string;
}

/** "Ani Lestari" gets the user name ani.lestari. */
export async function aPerson(app: App, somebody: Somebody): Promise<Actor> {
	const { name, grants = [], password = null } = somebody;
	const username = name.toLowerCase().replace(/[^a-z]+/g, '.');
	const { userId } = await createAccount(app, { name, username, password, consents: ['account'] });
	const at = app.now();
	await app.db.write(async (tx) => {
		for (const held of grants) await grantRole(tx, { userId, ...held, grantedBy: null, at });
	});
	return actorFor(app, userId);
}

export function anOfficer(app: App, name: string, code: string): Promise<Actor> {
	return aPerson(app, { name, grants: [{ role: 'officer', scope: { kind: 'region', code } }] });
}

export function aFacilitator(app: App, name: string, trainingId: string): Promise<Actor> {
	const scope = { kind: 'training', id: trainingId } as const;
	return aPerson(app, { name, grants: [{ role: 'facilitator', scope }] });
}

export function aReviewer(app: App, name: string): Promise<Actor> {
	return aPerson(app, { name, grants: [{ role: 'reviewer', scope: { kind: 'nation' } }] });
}

/** Through the door of a training that is open today; without a password, as `aPerson`. */
export async function aParticipant(
	app: App,
	teacher: Actor,
	trainingId: string,
	{ name, place }: { name: string; place: HomePlace }
): Promise<Actor> {
	await openDoor(app, teacher, trainingId);
	const { code } = await doorOf(app, teacher, trainingId);
	const newcomer = await aPerson(app, { name });
	const knocking = { code: code ?? '', device: `phone of ${name}` };
	await joinAgain(app, newcomer, knocking, { place, libraryName: null });
	return actorFor(app, newcomer.userId);
}

/** Five days in Jambi that end on 22 May 2026, the day of the tests' clock. */
export const jambiTraining: TrainingTerms = {
	title: 'Bimtek SPP-TIK Jambi 2026 Gel. I',
	place: 'Kota Jambi',
	regionCode: JAMBI,
	zone: 'Asia/Jakarta',
	startsOn: '2026-05-18' as CalendarDay,
	endsOn: '2026-05-22' as CalendarDay,
	planDueOn: null,
	feedbackOpensOn: null
};

export interface Cast {
	readonly training: Training;
	/** Manager of the library in Karmeo. */
	readonly sri: Actor;
	/** Manager of the library in Parit Bilal, in another team. */
	readonly budi: Actor;
	/** Provincial office of Jambi. */
	readonly ani: Actor;
	/** Facilitator of this training. */
	readonly yusuf: Actor;
	/** Reviewer at Perpusnas. */
	readonly bambang: Actor;
	readonly groupOfSri: string;
	readonly groupOfBudi: string;
}

/** A training with two village teams, its door open, and everybody in their place. */
export async function aTraining(app: App, terms: Partial<TrainingTerms> = {}): Promise<Cast> {
	await ensureRegions(app);
	const ani = await anOfficer(app, 'Ani', JAMBI);
	const { id } = await createTraining(app, ani, { ...jambiTraining, ...terms });
	const yusuf = await aFacilitator(app, 'Yusuf', id);
	const bambang = await aReviewer(app, 'Bambang');
	const sri = await aParticipant(app, yusuf, id, { name: 'Sri', place: { villageCode: KARMEO } });
	const budi = await aParticipant(app, yusuf, id, {
		name: 'Budi',
		place: { villageCode: PARIT_BILAL }
	});
	const training = await findTraining(app.db.read, ani, id);
	return {
		training,
		sri,
		budi,
		ani,
		yusuf,
		bambang,
		groupOfSri: sri.groupIds[0] ?? '',
		groupOfBudi: budi.groupIds[0] ?? ''
	};
}
