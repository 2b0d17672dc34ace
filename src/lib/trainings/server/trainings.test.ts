import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { region, session } from '#lib/platform/server/db/schema/index.ts';
import { redeemCode } from '#lib/people/server/codes.ts';
import { ensureRegions, provincesList } from '#lib/people/server/regions.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import {
	actorFor,
	aFacilitator,
	aPerson,
	anOfficer,
	aTraining,
	jambiTraining,
	KARMEO,
	PASSWORD,
	type Cast
} from '../../../../tests/people.ts';
import { addSlot, agendaOf, editSlot, removeSlot } from './agenda.ts';
import { assignFacilitator, dismissFacilitator, facilitatorsOf } from './facilitators.ts';
import { createGroup, moveMember } from './groups.ts';
import { resetPassword, teamsOf } from './people.ts';
import { editTraining } from './editing.ts';
import { createTraining, findTraining, trainingsOf } from './trainings.ts';

const day = (text: string) => text as CalendarDay;

let app: TestApp;
let cast: Cast;

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
});

afterEach(() => app.close());

describe('a training', () => {
	test('gives the plans a month, on days that exist', async () => {
		const { id } = await createTraining(app, cast.ani, {
			...jambiTraining,
			startsOn: day('2026-01-27'),
			endsOn: day('2026-01-31')
		});
		const training = await findTraining(app.db.read, cast.ani, id);
		expect(training).toMatchObject({ planDueOn: '2026-02-28', feedbackOpensOn: '2026-01-31' });
	});

	test('runs on the clock of its region where none was chosen', async () => {
		const yosep = await anOfficer(app, 'Yosep', '91');
		const terms = { ...jambiTraining, regionCode: '91', zone: null };
		const { id } = await createTraining(app, yosep, terms);
		expect(await findTraining(app.db.read, yosep, id)).toMatchObject({ zone: 'Asia/Jayapura' });
	});

	test('keeps the last day an officer chose, and refuses one before it ends', async () => {
		const { id } = cast.training;
		await editTraining(app, cast.ani, id, { ...jambiTraining, planDueOn: day('2026-07-01') });
		expect(await findTraining(app.db.read, cast.ani, id)).toMatchObject({
			planDueOn: '2026-07-01'
		});
		const tooEarly = { ...jambiTraining, planDueOn: day('2026-05-20') };
		await expect(editTraining(app, cast.ani, id, tooEarly)).rejects.toMatchObject({
			messageKey: 'trainings_refused_due_before_end'
		});
	});

	test('of another province does not exist, neither in the list nor by its id', async () => {
		const wayan = await anOfficer(app, 'Wayan', '51');
		const batanghari = await anOfficer(app, 'Rohani', '15.04');
		for (const stranger of [wayan, batanghari]) {
			expect(await trainingsOf(app, stranger)).toEqual([]);
			await expect(findTraining(app.db.read, stranger, cast.training.id)).rejects.toMatchObject({
				code: 'not_found'
			});
			await expect(
				editTraining(app, stranger, cast.training.id, jambiTraining)
			).rejects.toMatchObject({ code: 'not_found' });
		}
		await expect(createTraining(app, wayan, jambiTraining)).rejects.toMatchObject({
			code: 'forbidden'
		});
		expect(await trainingsOf(app, cast.ani)).toHaveLength(1);
		expect(await trainingsOf(app, cast.bambang)).toHaveLength(1);
	});

	test('cannot be moved into a region the officer has no say in', async () => {
		const elsewhere = { ...jambiTraining, regionCode: '16' };
		await expect(editTraining(app, cast.ani, cast.training.id, elsewhere)).rejects.toMatchObject({
			code: 'forbidden'
		});
	});

	test('is changed by the office alone', async () => {
		for (const person of [cast.sri, cast.yusuf, cast.bambang]) {
			await expect(
				editTraining(app, person, cast.training.id, jambiTraining)
			).rejects.toMatchObject({ code: 'forbidden' });
		}
	});
});

describe('the agenda', () => {
	const opening = {
		onDay: day('2026-05-18'),
		startsAt: '08:30',
		endsAt: '10:00',
		title: 'Pembukaan',
		moduleSlug: null
	};

	test('is read by all, in the order of the clock', async () => {
		const { id } = cast.training;
		const { id: slotId } = await addSlot(app, cast.ani, id, opening);
		await addSlot(app, cast.ani, id, { ...opening, startsAt: '07:30', title: 'Registrasi' });
		await editSlot(app, cast.ani, id, slotId, { ...opening, title: 'Pembukaan resmi' });
		const titles = async () => (await agendaOf(app, cast.sri, id)).map((slot) => slot.title);
		expect(await titles()).toEqual(['Registrasi', 'Pembukaan resmi']);
		await removeSlot(app, cast.ani, id, slotId);
		await removeSlot(app, cast.ani, id, slotId);
		expect(await titles()).toEqual(['Registrasi']);
	});

	test('has no slot outside the training, none that ends before it begins', async () => {
		const { id } = cast.training;
		for (const wrong of [
			{ ...opening, onDay: day('2026-05-23') },
			{ ...opening, endsAt: '08:30' },
			{ ...opening, endsAt: '25:00' }
		]) {
			await expect(addSlot(app, cast.ani, id, wrong)).rejects.toMatchObject({ code: 'invalid' });
		}
		await expect(addSlot(app, cast.yusuf, id, opening)).rejects.toMatchObject({
			code: 'forbidden'
		});
	});
});

describe('the people of a training', () => {
	test('participants see their own team, staff all teams, Perpusnas nobody', async () => {
		const seenBy = async (actor: Cast['sri']) =>
			(await teamsOf(app, actor, cast.training.id)).flatMap((team) =>
				team.members.map((member) => member.name)
			);
		expect(await seenBy(cast.sri)).toEqual(['Sri']);
		expect(await seenBy(cast.yusuf)).toEqual(['Sri', 'Budi']);
		expect(await seenBy(cast.ani)).toEqual(['Sri', 'Budi']);
		expect(await seenBy(cast.bambang)).toEqual([]);
	});

	test('who was seen in the last two minutes is there', async () => {
		const seen = (who: Cast['sri'], secondsAgo: number) => {
			const seenAt = new Date(app.now().getTime() - secondsAgo * 1_000);
			const until = new Date(app.now().getTime() + 3_600_000);
			return app.db.write((tx) =>
				tx.insert(session).values({
					id: who.sessionId,
					userId: who.userId,
					kind: 'own_phone',
					device: '',
					expiresAt: until,
					endsAt: until,
					createdAt: seenAt,
					seenAt
				})
			);
		};
		await seen(cast.sri, 90);
		await seen(cast.budi, 130);
		const teams = await teamsOf(app, cast.yusuf, cast.training.id);
		const there = teams.flatMap((team) => team.members.map(({ name, online }) => [name, online]));
		expect(there).toEqual([
			['Sri', true],
			['Budi', false]
		]);
	});

	test('move from team to team, and are in one at a time', async () => {
		const { training, sri, yusuf, groupOfBudi } = cast;
		await moveMember(app, yusuf, training.id, { userId: sri.userId, groupId: groupOfBudi });
		expect((await actorFor(app, sri.userId)).groupIds).toEqual([groupOfBudi]);
		const nowhere = { userId: sri.userId, groupId: 'nowhere' };
		await expect(moveMember(app, yusuf, training.id, nowhere)).rejects.toMatchObject({
			code: 'not_found'
		});
	});

	test('a team can be formed before anybody arrives, once', async () => {
		const { training, yusuf, groupOfSri } = cast;
		const karmeo = await createGroup(app, yusuf, training.id, KARMEO);
		expect(karmeo.groupId).toBe(groupOfSri);
		await expect(createGroup(app, yusuf, training.id, '15.04')).rejects.toMatchObject({
			code: 'invalid'
		});
	});
});

describe('a forgotten password', () => {
	test('is replaced with a code the facilitator reads out', async () => {
		const { training, sri, yusuf } = cast;
		const { code, username } = await resetPassword(app, yusuf, training.id, sri.userId);
		const from = { device: 'phone of Sri', address: null };
		const chosen = { username, code, password: 'sembilan perahu di sungai', ...from };
		expect(await redeemCode(app, chosen)).toMatchObject({ userId: sri.userId });
	});

	test("of staff, of strangers and of other trainings is not the facilitator's business", async () => {
		const { training, sri, ani, yusuf, bambang, budi } = cast;
		const { id: otherId } = await createTraining(app, ani, jambiTraining);
		const rina = await aFacilitator(app, 'Rina', otherId);
		const attempts = [
			[rina, training.id, sri.userId, 'not_found'],
			[rina, otherId, sri.userId, 'not_found'],
			[yusuf, training.id, bambang.userId, 'not_found'],
			[sri, training.id, budi.userId, 'forbidden']
		] as const;
		for (const [actor, id, userId, code] of attempts) {
			await expect(resetPassword(app, actor, id, userId)).rejects.toMatchObject({ code });
		}
	});

	test('is not given out by a code when the participant is also staff', async () => {
		const { training, sri, ani, yusuf } = cast;
		const wati = await aPerson(app, {
			name: 'Wati',
			password: PASSWORD,
			grants: ani.grants
		});
		const assignment = { username: 'SRI', ownPassword: PASSWORD };
		await assignFacilitator(app, wati, training.id, assignment);
		await expect(resetPassword(app, yusuf, training.id, sri.userId)).rejects.toMatchObject({
			code: 'forbidden'
		});
	});
});

test('facilitators are assigned by the office, with its own password once more', async () => {
	const { training, yusuf } = cast;
	const wati = await aPerson(app, { name: 'Wati', password: PASSWORD, grants: cast.ani.grants });
	const nurhayati = await aPerson(app, { name: 'Nurhayati' });
	const names = async () =>
		(await facilitatorsOf(app, wati, training.id)).map((person) => person.name);
	const assign = (username: string, ownPassword: string) =>
		assignFacilitator(app, wati, training.id, { username, ownPassword });

	await expect(assign('nurhayati', 'not hers')).rejects.toMatchObject({ code: 'invalid' });
	await expect(assign('nobody', PASSWORD)).rejects.toMatchObject({ code: 'invalid' });
	await expect(
		assignFacilitator(app, yusuf, training.id, { username: 'nurhayati', ownPassword: PASSWORD })
	).rejects.toMatchObject({ code: 'forbidden' });
	await assign('nurhayati', PASSWORD);
	expect(await names()).toEqual(['Nurhayati', 'Yusuf']);
	await dismissFacilitator(app, wati, training.id, nurhayati.userId);
	expect(await names()).toEqual(['Yusuf']);
});

describe('the list of regions', () => {
	test('is written once, and names given by an operator stay', async () => {
		const name = 'Kabupaten Batang Hari';
		await app.db.write((tx) => tx.update(region).set({ name }).where(eq(region.code, '15.04')));
		await ensureRegions(app);
		const [batanghari] = await app.db.read.select().from(region).where(eq(region.code, '15.04'));
		expect(batanghari?.name).toBe(name);
		expect(await provincesList(app)).toHaveLength(38);
	});
});
