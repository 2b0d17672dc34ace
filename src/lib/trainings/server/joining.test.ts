import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { group, groupMember, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { ensureRegions, villagesOf } from '#lib/people/server/regions.ts';
import { villageLabel } from '#lib/people/regions.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import {
	actorFor,
	aFacilitator,
	anOfficer,
	jambiTraining,
	KARMEO,
	PARIT_BILAL,
	PASSWORD
} from '../../../../tests/people.ts';
import { missed } from '../../../../tests/misses.ts';
import { closeDoor, doorOf, knock, newCode, openDoor, revokeCode } from './door.ts';
import {
	approve,
	approveWaiting,
	decline,
	joinAgain,
	joinTraining,
	ownRequests,
	type Newcomer
} from './joining.ts';
import { groupsOf } from './groups.ts';
import { peopleAtTheDoor, teamsOf, waitingCount } from './people.ts';
import { createTraining, findTraining } from './trainings.ts';

let app: TestApp;
let clock: Date;
let ani: Actor;
let yusuf: Actor;
let trainingId: string;
let heard: string[];

beforeEach(async () => {
	clock = new Date('2026-05-18T03:00Z');
	app = await openTestApp({ now: () => clock });
	await ensureRegions(app);
	ani = await anOfficer(app, 'Ani', '15');
	({ id: trainingId } = await createTraining(app, ani, jambiTraining));
	yusuf = await aFacilitator(app, 'Yusuf', trainingId);
	heard = [];
	app.events.on('group.formed', () => heard.push('group.formed'));
	app.events.on('grants.changed', () => heard.push('grants.changed'));
});

afterEach(() => app.close());

const newcomer = (name: string, villageCode = KARMEO): Newcomer => ({
	name,
	username: name.toLowerCase(),
	password: PASSWORD,
	consents: ['account'],
	place: { villageCode },
	libraryName: 'Cahaya'
});

async function codeOfTheDay(): Promise<string> {
	await newCode(app, yusuf, trainingId);
	return (await doorOf(app, yusuf, trainingId)).code ?? '';
}

const at = (code: string, device = 'a phone') => ({ code, device });

describe('through an open door', () => {
	test('a person is in at once, in the team of their village', async () => {
		await openDoor(app, yusuf, trainingId);
		const { code } = await doorOf(app, yusuf, trainingId);
		const joined = await joinTraining(app, at(code ?? ''), newcomer('Sri'));
		expect(joined.state).toBe('approved');
		const sri = await actorFor(app, joined.userId);
		expect(sri.grants).toEqual([
			{ role: 'participant', scope: { kind: 'training', id: trainingId } }
		]);
		const [team] = await teamsOf(app, sri, trainingId);
		expect(team).toMatchObject({ name: 'Karmeo (Batin XXIV)', members: [{ name: 'Sri' }] });
		expect(heard).toEqual(['group.formed', 'grants.changed']);
	});

	test('people of one village meet in one team, of another in another', async () => {
		await openDoor(app, yusuf, trainingId);
		const { code } = await doorOf(app, yusuf, trainingId);
		for (const person of [newcomer('Sri'), newcomer('Dodi'), newcomer('Budi', PARIT_BILAL)]) {
			await joinTraining(app, at(code ?? ''), person);
		}
		const teams = await teamsOf(app, yusuf, trainingId);
		expect(teams.map(({ name, members }) => [name, members.length])).toEqual([
			['Karmeo (Batin XXIV)', 2],
			['Parit Bilal (Pengabuan)', 1]
		]);
	});
});

describe('with approval', () => {
	test('a person waits, sees nothing yet, and enters with one tap', async () => {
		const { userId, state } = await joinTraining(app, at(await codeOfTheDay()), newcomer('Sri'));
		expect(state).toBe('waiting');
		const waiting = await actorFor(app, userId);
		expect(await ownRequests(app, waiting)).toMatchObject([{ state: 'waiting', mayEnter: false }]);
		await expect(findTraining(app.db.read, waiting, trainingId)).rejects.toMatchObject({
			code: 'not_found'
		});
		expect(await peopleAtTheDoor(app, yusuf, trainingId)).toMatchObject([
			{ name: 'Sri', library: 'Cahaya', place: 'Karmeo, Batin XXIV, Kabupaten Batanghari, Jambi' }
		]);

		await approve(app, yusuf, trainingId, userId);
		const sri = await actorFor(app, userId);
		expect(await ownRequests(app, sri)).toMatchObject([{ state: 'approved', mayEnter: true }]);
		expect(sri.groupIds).toHaveLength(1);
		expect(await peopleAtTheDoor(app, yusuf, trainingId)).toEqual([]);
	});

	test('two taps let a person in once', async () => {
		const { userId } = await joinTraining(app, at(await codeOfTheDay()), newcomer('Sri'));
		await Promise.all([
			approve(app, yusuf, trainingId, userId),
			approve(app, ani, trainingId, userId)
		]);
		await approve(app, yusuf, trainingId, userId);
		expect(heard).toEqual(['group.formed', 'grants.changed']);
		expect(await app.db.read.select().from(groupMember)).toHaveLength(1);
		expect(await app.db.read.select().from(group)).toHaveLength(1);
	});

	test('one tap lets in the whole waiting room, and nobody who was turned away', async () => {
		const code = await codeOfTheDay();
		const { userId } = await joinTraining(app, at(code), newcomer('Sri'));
		await decline(app, yusuf, trainingId, userId);
		await joinTraining(app, at(code), newcomer('Budi', PARIT_BILAL));
		await joinTraining(app, at(code), newcomer('Dodi'));
		expect(await waitingCount(app.db.read, trainingId)).toBe(2);
		expect(await approveWaiting(app, yusuf, trainingId)).toBe(2);
		expect(await waitingCount(app.db.read, trainingId)).toBe(0);
		expect(await peopleAtTheDoor(app, yusuf, trainingId)).toEqual([]);
		expect(await peopleAtTheDoor(app, yusuf, trainingId, 'declined')).toMatchObject([
			{ name: 'Sri' }
		]);
	});

	test('who is turned away stays out, and may ask again', async () => {
		const code = await codeOfTheDay();
		const { userId } = await joinTraining(app, at(code), newcomer('Sri'));
		await approve(app, yusuf, trainingId, userId);
		await decline(app, yusuf, trainingId, userId);
		await decline(app, yusuf, trainingId, userId);
		const outside = await actorFor(app, userId);
		expect(outside).toMatchObject({ grants: [], groupIds: [] });
		const home = { place: { villageCode: KARMEO }, libraryName: null };
		expect(await joinAgain(app, outside, at(code), home)).toMatchObject({ state: 'waiting' });
	});

	test('a facilitator of another training cannot let anybody in, nor see who waits', async () => {
		const { userId } = await joinTraining(app, at(await codeOfTheDay()), newcomer('Sri'));
		const { id: otherId } = await createTraining(app, ani, jambiTraining);
		const rina = await aFacilitator(app, 'Rina', otherId);
		for (const attempt of [
			() => approve(app, rina, trainingId, userId),
			() => decline(app, rina, trainingId, userId),
			() => peopleAtTheDoor(app, rina, trainingId),
			() => openDoor(app, rina, trainingId)
		]) {
			await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
		}
		await expect(approve(app, rina, otherId, userId)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('a participant cannot let others in', async () => {
		const code = await codeOfTheDay();
		const { userId: sriId } = await joinTraining(app, at(code), newcomer('Sri'));
		await approve(app, yusuf, trainingId, sriId);
		const { userId: budiId } = await joinTraining(app, at(code), newcomer('Budi'));
		const sri = await actorFor(app, sriId);
		await expect(approve(app, sri, trainingId, budiId)).rejects.toMatchObject({
			code: 'forbidden'
		});
	});
});

describe('the code at the door', () => {
	test('one answer for a code that never was, has run out, was replaced or taken back', async () => {
		const replaced = await codeOfTheDay();
		const current = await codeOfTheDay();
		const answers = [await answerTo(replaced), await answerTo('22222222'), await answerTo('no')];
		clock = new Date('2026-05-18T17:00Z'); // midnight in Jambi
		answers.push(await answerTo(current));
		const fresh = await codeOfTheDay();
		await revokeCode(app, yusuf, trainingId);
		answers.push(await answerTo(fresh));
		expect(answers).toEqual(answers.map(() => 'not_found: trainings_refused_code'));
		expect(await doorOf(app, yusuf, trainingId)).toMatchObject({ code: null, open: false });
	});

	async function answerTo(code: string): Promise<string> {
		return knock(app, at(code)).then(
			() => 'in',
			(refusal: Error) => refusal.message
		);
	}

	test('that ran out while a form was being filled in still lets the form in for an hour', async () => {
		const code = await codeOfTheDay();
		clock = new Date('2026-05-18T17:30Z'); // half past midnight in Jambi
		expect(await answerTo(code)).toBe('not_found: trainings_refused_code');
		expect((await joinTraining(app, at(code), newcomer('Sri'))).state).toBe('waiting');
		clock = new Date('2026-05-18T18:00Z');
		await expect(joinTraining(app, at(code), newcomer('Budi'))).rejects.toMatchObject({
			messageKey: 'trainings_refused_code'
		});
	});

	test('that was taken back lets no form in', async () => {
		const code = await codeOfTheDay();
		await revokeCode(app, yusuf, trainingId);
		await expect(joinTraining(app, at(code), newcomer('Sri'))).rejects.toMatchObject({
			messageKey: 'trainings_refused_code'
		});
	});

	test('is read in small letters, with a dash or blanks', async () => {
		const code = (await codeOfTheDay()).toLowerCase();
		const knocked = await knock(app, at(` ${code.slice(0, 4)} - ${code.slice(4)}`));
		expect(knocked.training.id).toBe(trainingId);
	});

	test('after ten misses a minute a phone waits, and no other phone with it', async () => {
		const code = await codeOfTheDay();
		for (let n = 0; n < 10; n++) await answerTo('22222222');
		await expect(knock(app, at(code))).rejects.toMatchObject({ code: 'too_many' });
		expect(await knock(app, at(code, 'another phone'))).toMatchObject({ open: false });
		clock = new Date(clock.getTime() + 61_000);
		expect(await knock(app, at(code))).toMatchObject({ open: false });
	});

	test('after ten thousand misses within an hour nobody guesses on until the hour is over', async () => {
		const code = await codeOfTheDay();
		await missed(app, 'join codes', 9_999);
		await answerTo('22222222');
		const other = at(code, 'another phone');
		await expect(knock(app, other)).rejects.toMatchObject({ code: 'too_many' });
		clock = new Date(clock.getTime() + 3_600_000);
		expect(await knock(app, other)).toMatchObject({ open: false });
	});

	test('a shut door keeps its code: people wait again', async () => {
		await openDoor(app, yusuf, trainingId);
		await closeDoor(app, yusuf, trainingId);
		const { code, open } = await doorOf(app, yusuf, trainingId);
		expect(open).toBe(false);
		const joined = await joinTraining(app, at(code ?? ''), newcomer('Sri'));
		expect(joined.state).toBe('waiting');
	});

	test('opens nothing without the consent an account needs, nor for a place elsewhere', async () => {
		const code = await codeOfTheDay();
		const attempts: Newcomer[] = [
			{ ...newcomer('Sri'), consents: ['contact'] },
			{ ...newcomer('Sri'), place: { villageCode: '15.04.04' } },
			{ ...newcomer('Sri'), place: { villageCode: '15.99.99.2999' } },
			{ ...newcomer('Sri'), place: { regionCode: '16', villageName: 'Muara Enim' } },
			{ ...newcomer('Sri'), password: 'pendek' }
		];
		for (const attempt of attempts) {
			await expect(joinTraining(app, at(code), attempt)).rejects.toMatchObject({ code: 'invalid' });
		}
		const people = await app.db.read.select().from(user).where(eq(user.username, 'sri'));
		expect(people).toEqual([]);
	});
});

describe('a village', () => {
	test('missing from the list is no dead end: the team is called after its library', async () => {
		await openDoor(app, yusuf, trainingId);
		const { code } = await doorOf(app, yusuf, trainingId);
		const place = { regionCode: '15.02', villageName: 'Sungai Rambut' };
		await joinTraining(app, at(code ?? ''), { ...newcomer('Sri'), place });
		await joinTraining(app, at(code ?? ''), { ...newcomer('Dodi'), place });
		const teams = await groupsOf(app, yusuf, trainingId);
		expect(teams).toMatchObject([{ name: 'Cahaya, Sungai Rambut', regionCode: '15.02' }]);
	});

	test('is shown with its district where names repeat, in the list and in the team', async () => {
		const villages = await villagesOf(app, '15.08');
		const labels = villages.filter(({ name }) => name === 'Koto Jayo').map(villageLabel);
		expect(labels).toEqual(['Koto Jayo — Pelepat Ilir', 'Koto Jayo — Tanah Tumbuh']);
		await openDoor(app, yusuf, trainingId);
		const { code } = await doorOf(app, yusuf, trainingId);
		await joinTraining(app, at(code ?? ''), newcomer('Sri', '15.08.09.2001'));
		await joinTraining(app, at(code ?? ''), newcomer('Budi', '15.08.01.2016'));
		const teams = await groupsOf(app, yusuf, trainingId);
		expect(teams.map(({ name }) => name)).toEqual([
			'Koto Jayo (Pelepat Ilir)',
			'Koto Jayo (Tanah Tumbuh)'
		]);
	});
});

test('somebody with an account joins a second training without a new one', async () => {
	const { userId } = await joinTraining(app, at(await codeOfTheDay()), newcomer('Sri'));
	const sri = await actorFor(app, userId);
	const { id: secondId } = await createTraining(app, ani, jambiTraining);
	await openDoor(app, ani, secondId);
	const { code } = await doorOf(app, ani, secondId);
	const home = { place: { villageCode: KARMEO }, libraryName: null };
	const again = await joinAgain(app, sri, at(code ?? ''), home);
	expect(again).toMatchObject({ userId, state: 'approved', trainingId: secondId });
	expect(await joinAgain(app, sri, at(code ?? ''), home)).toMatchObject({ state: 'approved' });
	expect(await ownRequests(app, await actorFor(app, userId))).toHaveLength(2);
});
