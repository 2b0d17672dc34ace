import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { group, planReturn, planSubmission } from '#lib/platform/server/db/schema/index.ts';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import type { Actor } from '#lib/people/actor.ts';
import { createTraining } from '#lib/trainings/server/trainings.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import {
	actorFor,
	aFacilitator,
	anOfficer,
	aParticipant,
	aTraining,
	jambiTraining,
	type Cast
} from '../../../../tests/people.ts';
import { planStates } from '../plan.ts';
import { followedPlans, type PlanFilter } from './followed.ts';
import { ensurePlans, findPlan, plansOfGroup, type Plan } from './plans.ts';

let app: TestApp;
let cast: Cast;
/** A manager of Bali, whose training begins after that of Jambi. */
let ketut: Actor;
let made: Actor;
let baliId: string;

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	made = await anOfficer(app, 'Made', '51');
	const terms = { ...jambiTraining, title: 'Bimtek Bali', regionCode: '51', place: 'Denpasar' };
	const later = { startsOn: '2026-05-20' as CalendarDay };
	({ id: baliId } = await createTraining(app, made, { ...terms, ...later }));
	const teacher = await aFacilitator(app, 'Wayan', baliId);
	const place = { regionCode: '51.03', villageName: 'Kutuh' };
	ketut = await aParticipant(app, teacher, baliId, { name: 'Ketut', place });
	for (const { groupIds } of [cast.sri, cast.budi, ketut])
		await ensurePlans(app, groupIds[0] ?? '');
});
afterEach(() => app.close());

const everything: PlanFilter = { regionCode: null, trainingId: null, strategy: null, state: null };

const listed = (who: Actor | null, filter: Partial<PlanFilter> = {}, page: string | null = null) =>
	followedPlans(app, who, { ...everything, ...filter }, page);

const idsOf = (teams: readonly (readonly Plan[])[]) => teams.flat().map(({ id }) => id);

async function handIn(planId: string, version: number): Promise<void> {
	const submittedAt = app.now();
	const row = {
		planId,
		version,
		submittedBy: null,
		submittedAt,
		dueOn: '2026-06-22' as CalendarDay
	};
	await app.db.write((tx) => tx.insert(planSubmission).values({ ...row, contents: {} }));
}

async function sendBack(planId: string, version: number): Promise<void> {
	const row = { planId, version, returnedBy: null, returnedAt: app.now(), note: 'Siapa mitranya?' };
	await app.db.write((tx) => tx.insert(planReturn).values(row));
}

/** Draft, handed in, sent back; and of another team one that was sent back and handed in again. */
async function everyState(): Promise<void> {
	const [, handedIn, returned] = await plansOfGroup(app, cast.sri, cast.groupOfSri);
	const [again] = await plansOfGroup(app, cast.budi, cast.groupOfBudi);
	for (const plan of [handedIn, returned, again]) await handIn(plan?.id ?? '', 1);
	for (const plan of [returned, again]) await sendBack(plan?.id ?? '', 1);
	await handIn(again?.id ?? '', 2);
}

describe('the plans of a country', () => {
	test('stand by team, the latest training first, and are counted', async () => {
		const { teams, counts, page } = await listed(cast.bambang);
		expect(teams.map((own) => own.length)).toEqual([3, 3, 3]);
		expect(teams[0]?.[0]?.trainingId).toBe(baliId);
		expect(counts).toEqual({ teams: 3, draft: 9, submitted: 0, returned: 0 });
		expect(page).toMatchObject({ page: 1, pages: 1 });
	});

	test('are in the list of each state exactly when their own page says so', async () => {
		await everyState();
		for (const state of planStates) {
			const { teams } = await listed(cast.bambang, { state });
			expect(teams.flat().map((plan) => plan.state)).not.toEqual([]);
			for (const id of idsOf(teams)) {
				expect((await findPlan(app, cast.bambang, id)).state).toBe(state);
			}
		}
		const { counts } = await listed(cast.bambang);
		expect(counts).toEqual({ teams: 3, draft: 6, submitted: 2, returned: 1 });
	});

	test('are narrowed by province, by training and by strategy, and counted anew', async () => {
		const bali = await listed(cast.bambang, { regionCode: '51' });
		expect(bali.teams.flat().map(({ groupId }) => groupId)).toEqual(
			Array(3).fill(ketut.groupIds[0])
		);
		expect(bali.counts).toMatchObject({ teams: 1, draft: 3 });
		expect(bali.choices.trainings).toEqual([{ id: baliId, title: 'Bimtek Bali' }]);

		const jambi = await listed(cast.bambang, {
			trainingId: cast.training.id,
			strategy: 'advokasi'
		});
		expect(jambi.teams.flat().map(({ strategy }) => strategy)).toEqual(['advokasi', 'advokasi']);
	});

	test('offer the provinces there are, or the regencies when all lie in one', async () => {
		const { choices } = await listed(cast.bambang);
		expect(choices.regions.map(({ name }) => name)).toEqual(['Jambi', 'Bali']);
		const own = await listed(cast.ani);
		expect(own.choices.regions.map(({ code }) => code)).toEqual(['15.04', '15.06']);
		const regency = await listed(cast.ani, { regionCode: '15.06' });
		expect(regency.teams.flat().map(({ groupId }) => groupId)).toEqual(
			Array(3).fill(cast.groupOfBudi)
		);
	});

	test('come in pages, none twice and none left out', async () => {
		const names = Array.from({ length: 23 }, (_, n) => `Tim ${n}`);
		const common = { trainingId: baliId, regionCode: '51.03', createdAt: app.now() };
		const groups = await app.db.write((tx) =>
			tx
				.insert(group)
				.values(names.map((name) => ({ ...common, name })))
				.returning({ id: group.id })
		);
		for (const { id } of groups) await ensurePlans(app, id);
		const pages = [await listed(cast.bambang), await listed(cast.bambang, {}, '2')];
		expect(pages.map(({ teams }) => teams.length)).toEqual([24, 2]);
		expect(new Set(pages.flatMap(({ teams }) => idsOf(teams))).size).toBe(26 * 3);
		expect(pages[1]?.page).toMatchObject({ page: 2, pages: 2 });
	});

	test('leave out a choice that there is not, and say so', async () => {
		const { filter, counts } = await listed(cast.bambang, {
			regionCode: "51' or 1=1",
			trainingId: 'no-such-training'
		});
		expect(filter).toEqual(everything);
		expect(counts.teams).toBe(3);
	});
});

describe('whoever follows less', () => {
	test('never reads, counts or is offered what lies outside', async () => {
		const { teams, counts, choices, filter } = await listed(made, { trainingId: cast.training.id });
		expect(teams.flat().map(({ trainingId }) => trainingId)).toEqual(Array(3).fill(baliId));
		expect(counts.teams).toBe(1);
		expect(choices.trainings.map(({ id }) => id)).toEqual([baliId]);
		expect(filter.trainingId).toBeNull();
	});

	test('finds the plans of the own team only, as a participant', async () => {
		const { teams } = await listed(await actorFor(app, cast.sri.userId));
		expect(teams.flat().map(({ groupId }) => groupId)).toEqual(Array(3).fill(cast.groupOfSri));
	});

	test('finds nothing without an account', async () => {
		expect(await listed(null)).toMatchObject({ teams: [], counts: { teams: 0 } });
	});
});
