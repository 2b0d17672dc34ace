/** Two trainings: one that closed ten days ago, and one that begins in six days. */
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import { group } from '#lib/platform/server/db/schema/index.ts';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { grantRole } from '#lib/people/server/grants.ts';
import { ensurePlans } from '#lib/plans/server/plans.ts';
import { addSlot } from '#lib/trainings/server/agenda.ts';
import { doorOf, newCode, openDoor } from '#lib/trainings/server/door.ts';
import { createGroup } from '#lib/trainings/server/groups.ts';
import { joinAgain } from '#lib/trainings/server/joining.ts';
import { createTraining } from '#lib/trainings/server/trainings.ts';
import { agenda } from './agenda.ts';
import { facilitators, newcomer, officer, teams } from './people.ts';
import type { Ids } from './people.server.ts';
import { actorOf, at, ZONE, type Stage } from './stage.server.ts';

const PROVINCE = '15';
const CLOSING_SESSION = 3;

export function idOf(ids: Ids, { username }: { readonly username: string }): string {
	const id = ids.get(username);
	if (!id) throw new Error(`no such person in the demo: ${username}`);
	return id;
}

interface Terms {
	readonly wave: string;
	readonly place: string;
	readonly startsOn: CalendarDay;
	readonly facilitators: readonly { readonly username: string }[];
}

/** Everybody came through the open door on the first day, team after team. Returns the training's id. */
export async function holdPastTraining(stage: Stage, ids: Ids): Promise<string> {
	const { startsOn } = stage;
	const trainingId = await prepareTraining(stage, ids, {
		wave: 'Gel. I',
		place: 'Kota Jambi',
		startsOn,
		facilitators
	});
	const arrival = at(stage, startsOn, '13:10');
	const host = await actorOf(stage, idOf(ids, officer));
	await openDoor(arrival, host, trainingId);
	const code = (await doorOf(arrival, host, trainingId)).code ?? '';
	for (const { members, village, library } of teams) {
		for (const member of members) {
			const person = await actorOf(stage, idOf(ids, member));
			const knock = { code, device: `HP ${member.username}` };
			const home = { place: { villageCode: village }, libraryName: library };
			await joinAgain(arrival, person, knock, home);
		}
	}
	await ensurePlansOf(stage, trainingId);
	return trainingId;
}

/** The door is closed: who knows the code waits. Two teams were formed by the office beforehand. */
export async function announceNextTraining(stage: Stage, ids: Ids): Promise<void> {
	const trainingId = await prepareTraining(stage, ids, {
		wave: 'Gel. II',
		place: 'Muara Bulian, Kabupaten Batanghari',
		startsOn: addDays(stage.today, 6),
		facilitators: facilitators.slice(0, 2)
	});
	const host = await actorOf(stage, idOf(ids, officer));
	const { app } = stage;
	await createGroup(app, host, trainingId, '15.06.03.2015');
	await createGroup(app, host, trainingId, '15.09.04.2003');
	await ensurePlansOf(stage, trainingId);
	await newCode(app, host, trainingId);
	const code = (await doorOf(app, host, trainingId)).code ?? '';
	const person = await actorOf(stage, idOf(ids, newcomer));
	const knock = { code, device: `HP ${newcomer.username}` };
	const home = { place: { villageCode: newcomer.village }, libraryName: newcomer.library };
	await joinAgain(app, person, knock, home);
}

async function prepareTraining(stage: Stage, ids: Ids, terms: Terms): Promise<string> {
	const { startsOn, place, wave } = terms;
	const weeksBefore = at(stage, addDays(startsOn, -21), '10:00');
	const host = await actorOf(stage, idOf(ids, officer));
	const { id } = await createTraining(weeksBefore, host, {
		title: `Bimtek SPP-TIK Jambi ${startsOn.slice(0, 4)} ${wave}`,
		place,
		regionCode: PROVINCE,
		zone: ZONE,
		startsOn,
		endsOn: addDays(startsOn, 4),
		planDueOn: null,
		feedbackOpensOn: addDays(startsOn, CLOSING_SESSION)
	});
	for (const { day, ...slot } of agenda) {
		await addSlot(weeksBefore, host, id, { ...slot, onDay: addDays(startsOn, day - 1) });
	}
	await assign(stage, host, {
		trainingId: id,
		people: terms.facilitators.map((each) => idOf(ids, each))
	});
	return id;
}

/** As `assignFacilitator` does, which would have the officer type the password for each. */
async function assign(
	{ app }: Stage,
	host: Actor,
	{ trainingId, people }: { trainingId: string; people: readonly string[] }
): Promise<void> {
	const scope = { kind: 'training', id: trainingId } as const;
	const by = { role: 'facilitator', scope, grantedBy: host.userId, at: app.now() } as const;
	await app.db.write(async (tx) => {
		for (const userId of people) await grantRole(tx, { userId, ...by });
	});
}

async function ensurePlansOf({ app }: Stage, trainingId: string): Promise<void> {
	const formed = await app.db.read.select().from(group).where(eq(group.trainingId, trainingId));
	for (const { id } of formed) await ensurePlans(app, id);
}
