/** What is not one's to do in a training, deed by deed; and who hears of it when that changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import {
	actorFor,
	aFacilitator,
	anOfficer,
	aParticipant,
	aPerson,
	aTraining,
	jambiTraining,
	KARMEO,
	PASSWORD,
	type Cast
} from '../../../../tests/people.ts';
import { addSlot, agendaOf, editSlot, removeSlot } from './agenda.ts';
import { correctAttendance, enterFromPaper } from './attendance.ts';
import { closeAttendance, openAttendance, screenOf } from './attendance-windows.ts';
import { closeDoor, doorOf, newCode, openDoor, revokeCode } from './door.ts';
import { editTraining } from './editing.ts';
import { assignFacilitator, dismissFacilitator } from './facilitators.ts';
import { createGroup, moveMember } from './groups.ts';
import { approve, approveWaiting, decline, joinAgain } from './joining.ts';
import { peopleAtTheDoor, resetPassword } from './people.ts';
import { createTraining } from './trainings.ts';

let app: TestApp;
let cast: Cast;
let id: string;
let slotId: string;
/** Consultant for the province: follows, and does nothing. */
let maria: Actor;
/** Another training of the same office, with its own people. */
let other: { id: string; slotId: string; teacher: Actor; wati: Actor };

const opening = {
	onDay: jambiTraining.startsOn,
	startsAt: '08:30',
	endsAt: '10:00',
	title: 'Pembukaan',
	moduleSlug: null
};

beforeAll(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	id = cast.training.id;
	({ id: slotId } = await addSlot(app, cast.ani, id, opening));
	const made = await createTraining(app, cast.ani, { ...jambiTraining, title: 'Gel. II' });
	const slot = await addSlot(app, cast.ani, made.id, opening);
	const teacher = await aFacilitator(app, 'Rina', made.id);
	const place = { villageCode: KARMEO };
	const wati = await aParticipant(app, teacher, made.id, { name: 'Wati', place });
	other = { id: made.id, slotId: slot.id, teacher, wati };
	const scope = { kind: 'region', code: '15' } as const;
	maria = await aPerson(app, { name: 'Maria', grants: [{ role: 'consultant', scope }] });
});
afterAll(() => app.close());

type Deed = (actor: Actor) => Promise<unknown>;
const which = () => ({ trainingId: id, slotId });
const sri = () => cast.sri.userId;

const ofWhoRuns: Record<string, Deed> = {
	'look at the door': (actor) => doorOf(app, actor, id),
	'open the door': (actor) => openDoor(app, actor, id),
	'close the door': (actor) => closeDoor(app, actor, id),
	'make a new code': (actor) => newCode(app, actor, id),
	'take the code back': (actor) => revokeCode(app, actor, id),
	'see who waits': (actor) => peopleAtTheDoor(app, actor, id),
	'let somebody in': (actor) => approve(app, actor, id, sri()),
	'let everybody in': (actor) => approveWaiting(app, actor, id),
	'turn somebody away': (actor) => decline(app, actor, id, sri()),
	'give out a code for a password': (actor) => resetPassword(app, actor, id, sri()),
	'form a team': (actor) => createGroup(app, actor, id, KARMEO),
	'move somebody to another team': (actor) =>
		moveMember(app, actor, id, { userId: sri(), groupId: cast.groupOfBudi }),
	'take attendance': (actor) => openAttendance(app, actor, which()),
	'end the attendance': (actor) => closeAttendance(app, actor, which()),
	'see the code of attendance': (actor) => screenOf(app, actor, which()),
	'enter from paper': (actor) => enterFromPaper(app, actor, { ...which(), userIds: [sri()] }),
	'set attendance right': (actor) =>
		correctAttendance(app, actor, { ...which(), userId: sri(), present: true, reason: 'x' })
};

const ofTheOffice: Record<string, Deed> = {
	'change the training': (actor) => editTraining(app, actor, id, jambiTraining),
	'assign a facilitator': (actor) =>
		assignFacilitator(app, actor, id, { username: 'sri', ownPassword: PASSWORD }),
	'dismiss a facilitator': (actor) => dismissFacilitator(app, actor, id, cast.yusuf.userId),
	'add a session': (actor) => addSlot(app, actor, id, opening),
	'change a session': (actor) => editSlot(app, actor, id, slotId, opening),
	'remove a session': (actor) => removeSlot(app, actor, id, slotId)
};

const forbidden = { code: 'forbidden' };
const notFound = { code: 'not_found' };

describe.each(Object.entries({ ...ofWhoRuns, ...ofTheOffice }))('to %s', (_name, deed) => {
	test('is not for participants, nor for who only follows or reads', async () => {
		for (const actor of [cast.sri, cast.bambang, maria]) {
			await expect(deed(actor)).rejects.toMatchObject(forbidden);
		}
	});

	test('is impossible for those for whom the training does not exist', async () => {
		const strangers = [other.teacher, other.wati, await anOfficerElsewhere()];
		for (const actor of strangers) await expect(deed(actor)).rejects.toMatchObject(notFound);
	});
});

describe.each(Object.entries(ofTheOffice))('to %s', (_name, deed) => {
	test('is not for the facilitator', async () => {
		await expect(deed(cast.yusuf)).rejects.toMatchObject(forbidden);
	});
});

let elsewhere: Actor | null = null;
const anOfficerElsewhere = async () => (elsewhere ??= await anOfficer(app, 'Wayan', '51'));

describe('what belongs to another training', () => {
	test('is neither changed nor removed from here', async () => {
		const changed = editSlot(app, cast.ani, id, other.slotId, { ...opening, title: 'Lain' });
		await expect(changed).rejects.toMatchObject(notFound);
		await removeSlot(app, cast.ani, id, other.slotId);
		expect(await agendaOf(app, cast.ani, other.id)).toMatchObject([{ title: 'Pembukaan' }]);
	});

	test('has people who cannot be entered here', async () => {
		const wati = { ...which(), userId: other.wati.userId, present: true, reason: 'x' };
		await expect(correctAttendance(app, cast.yusuf, wati)).rejects.toMatchObject({
			code: 'invalid'
		});
	});

	test('takes nobody in and gives nobody away', async () => {
		const [theirs = ''] = other.wati.groupIds;
		for (const move of [
			{ userId: sri(), groupId: theirs },
			{ userId: other.wati.userId, groupId: cast.groupOfBudi }
		]) {
			await expect(moveMember(app, cast.yusuf, id, move)).rejects.toMatchObject(notFound);
		}
	});
});

describe('whose place in a training changes', () => {
	test('is told to whoever must react at once', async () => {
		const told: string[] = [];
		app.events.on('grants.changed', ({ userId }) => told.push(userId));
		await moveMember(app, cast.yusuf, id, { userId: sri(), groupId: cast.groupOfBudi });
		await decline(app, cast.yusuf, id, cast.budi.userId);
		await approve(app, cast.yusuf, id, cast.budi.userId);
		await dismissFacilitator(app, cast.ani, id, cast.yusuf.userId);
		expect(told).toEqual([sri(), cast.budi.userId, cast.budi.userId, cast.yusuf.userId]);
	});

	test('stays in when they knock once more', async () => {
		const { code } = await doorOf(app, cast.ani, id);
		await closeDoor(app, cast.ani, id);
		const before = await actorFor(app, sri());
		const home = { place: { villageCode: KARMEO }, libraryName: null };
		const again = await joinAgain(app, cast.sri, { code: code ?? '', device: 'hp' }, home);
		expect(again.state).toBe('approved');
		expect(await actorFor(app, sri())).toEqual(before);
	});
});
