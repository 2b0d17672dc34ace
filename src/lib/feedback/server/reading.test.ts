import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { answersFrom, participants } from '../../../../tests/feedback-cast.ts';
import { aFacilitator, anOfficer, aTraining, type Cast } from '../../../../tests/people.ts';
import { exportCsv } from '../export.ts';
import { readReview } from './reading.ts';

let app: TestApp;
let cast: Cast;

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
});
afterEach(() => app.close());

async function csv(wish: Parameters<typeof readReview>[2] = {}): Promise<string[]> {
	const { reading } = await readReview(app, cast.bambang, wish);
	if (!reading) throw new Error('there is nothing to read');
	return exportCsv(reading, 'id').split('\r\n');
}

const rowOf = (lines: readonly string[], code: string) =>
	lines.find((line) => line.includes(`,${code},`));

describe('the file of a review', () => {
	test('holds the numbers of the page with n, N and interval', async () => {
		await answersFrom(app, cast, await participants(app, cast, 5));
		const row = rowOf(await csv({ trainingId: cast.training.id }), 'D101');
		expect(row).toContain('Bimtek SPP-TIK Jambi 2026 Gel. I,Penyelenggaraan,,D101,1,');
		expect(row).toContain(',5,5,7,3,3,3,angkatan ini,1: 0 | 2: 0 | 3: 5 | 4: 0,,');
	});

	test('hides what the page hides', async () => {
		const people = await participants(app, cast, 6);
		await answersFrom(app, cast, people.slice(0, 4));
		const wish = { trainingId: cast.training.id };
		expect(rowOf(await csv(wish), 'D101')).toContain(',,4,8,,,,,,belum cukup jawaban (n < 5),');
		await answersFrom(app, cast, people.slice(4), () => ({ D503: ['Ruang terlalu panas'] }));
		expect(rowOf(await csv(wish), 'D503')).toContain('belum cukup jawaban (n < 5)');
		expect((await csv(wish)).join()).not.toContain('panas');
	});

	test('does not let a comment become a formula', async () => {
		await answersFrom(app, cast, await participants(app, cast, 5), (place) => ({
			D502: [`=HYPERLINK("http://x.invalid/${place}")`]
		}));
		const rows = await csv({ trainingId: cast.training.id });
		const said = rows.filter((row) => row.includes(',D502,'));
		expect(said).toHaveLength(5);
		for (const row of said) expect(row).toContain(`"'=HYPERLINK(`);
	});

	test('of a region holds no free text at all', async () => {
		await answersFrom(app, cast, await participants(app, cast, 5), () => ({ D502: ['Kopinya'] }));
		expect((await csv()).join()).not.toContain('Kopinya');
	});
});

describe('the page of a review', () => {
	test('begins with the widest place its reader may read', async () => {
		const place = async (actor: Parameters<typeof readReview>[1]) =>
			(await readReview(app, actor, {})).reading?.place ?? null;
		expect(await place(cast.bambang)).toEqual({ kind: 'nation' });
		expect(await place(cast.ani)).toEqual({ kind: 'region', code: '15' });
		expect(await place(cast.yusuf)).toBeNull();
	});

	test('lists the training of a facilitator, who reads no region', async () => {
		const { trainings } = await readReview(app, cast.yusuf, {});
		expect(trainings.map(({ training }) => training.id)).toEqual([cast.training.id]);
	});

	test('is empty for the office of a region where nothing took place', async () => {
		const other = await anOfficer(app, 'Dewi', '72');
		const { trainings, reading } = await readReview(app, other, {});
		expect({ trainings, reading }).toEqual({ trainings: [], reading: null });
	});

	test('is not there for participants', async () => {
		await expect(readReview(app, cast.sri, {})).rejects.toMatchObject({ code: 'not_found' });
	});

	test('shows everything when asked for a part that is not one', async () => {
		const { reading } = await readReview(app, cast.bambang, { only: 'resep' });
		expect(reading?.only).toBeNull();
		expect(reading?.report.parts).toHaveLength(9);
	});

	test('shows a facilitator no free text that was meant for a colleague', async () => {
		const maria = await aFacilitator(app, 'Maria', cast.training.id);
		await answersFrom(app, cast, await participants(app, cast, 5), () => ({
			[`D211.${cast.yusuf.userId}`]: ['Yusuf terlalu cepat']
		}));
		const { reading } = await readReview(app, maria, { trainingId: cast.training.id });
		expect(JSON.stringify(reading?.comments)).not.toContain('terlalu cepat');
		const whole = await readReview(app, cast.ani, { trainingId: cast.training.id });
		expect(JSON.stringify(whole.reading?.comments)).toContain('terlalu cepat');
	});
});
