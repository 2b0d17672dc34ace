import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import type { Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { anOfficer, aTraining, jambiTraining, type Cast } from '../../../../tests/people.ts';
import { phases, phaseOn } from '../training.ts';
import { listTrainings, type TrainingFilter } from './training-list.ts';
import { createTraining } from './trainings.ts';

let app: TestApp;
let cast: Cast;
let made: Actor;

/** Half past midnight on 23 May in Jayapura, and still 22 May in Jakarta and Denpasar. */
const LATE = new Date('2026-05-22T15:30:00Z');

beforeEach(async () => {
	app = await openTestApp({ now: LATE });
	cast = await aTraining(app);
	made = await anOfficer(app, 'Made', '51');
	await hold(made, 'Bimtek Bali', { regionCode: '51', zone: 'Asia/Makassar' });
});
afterEach(() => app.close());

async function hold(
	officer: Actor,
	title: string,
	terms: Partial<typeof jambiTraining> = {}
): Promise<void> {
	await createTraining(app, officer, { ...jambiTraining, title, ...terms });
}

const listed = (who: Actor, filter: Partial<TrainingFilter> = {}, page: string | null = null) =>
	listTrainings(app, who, { regionCode: null, phase: null, ...filter }, page);

const titles = ({ trainings }: { trainings: readonly { title: string }[] }) =>
	trainings.map(({ title }) => title);

describe('the trainings of a country', () => {
	test('are narrowed to a province, and offer no province without one', async () => {
		const all = await listed(cast.bambang);
		expect(all.total).toBe(2);
		expect(all.regions.map(({ name }) => name)).toEqual(['Jambi', 'Bali']);
		expect(titles(await listed(cast.bambang, { regionCode: '51' }))).toEqual(['Bimtek Bali']);
	});

	test('are in the list of each phase by the calendar of their own zone', async () => {
		const papua = await anOfficer(app, 'Yosep', '91');
		await hold(papua, 'Bimtek Papua', { regionCode: '91', zone: 'Asia/Jayapura' });
		const coming = '2026-06-01' as CalendarDay;
		await hold(made, 'Bimtek Juni', { regionCode: '51', startsOn: coming, endsOn: coming });
		expect(titles(await listed(cast.bambang, { phase: 'after' }))).toEqual(['Bimtek Papua']);
		expect(titles(await listed(cast.bambang, { phase: 'before' }))).toEqual(['Bimtek Juni']);
		for (const phase of phases) {
			for (const one of (await listed(cast.bambang, { phase })).trainings) {
				const today = (one.zone === 'Asia/Jayapura' ? '2026-05-23' : '2026-05-22') as CalendarDay;
				expect(phaseOn(one, today)).toBe(phase);
			}
		}
	});

	test('come in pages, the latest first', async () => {
		for (let n = 1; n <= 23; n++) {
			const startsOn = addDays(jambiTraining.startsOn, -n);
			await hold(made, `Angkatan ${n}`, { regionCode: '51', startsOn });
		}
		const pages = [await listed(cast.bambang), await listed(cast.bambang, {}, '2')];
		expect(pages.map(({ trainings }) => trainings.length)).toEqual([24, 1]);
		expect(pages.flatMap(titles).slice(2)).toEqual(
			Array.from({ length: 23 }, (_, n) => `Angkatan ${n + 1}`)
		);
	});

	test('of another province do not exist for an office, however it asks', async () => {
		const list = await listed(made, { regionCode: '15' });
		expect(titles(list)).toEqual(['Bimtek Bali']);
		expect(list).toMatchObject({ total: 1, regions: [], filter: { regionCode: null } });
	});
});
