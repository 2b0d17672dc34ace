import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { answersFrom, participants } from '../../../../tests/feedback-cast.ts';
import {
	aFacilitator,
	anOfficer,
	aPerson,
	aTraining,
	jambiTraining,
	type Cast
} from '../../../../tests/people.ts';
import { feedbackTally } from '#lib/platform/server/db/schema/index.ts';
import { createTraining } from '#lib/trainings/server/trainings.ts';
import { end } from '../instruments/index.ts';
import type { Figure, Report } from '../report.ts';
import { findPlace, listReviewed, turnoutIn } from './reviewed.ts';
import { readComments, review } from './review.ts';

let app: TestApp;
let cast: Cast;

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
});
afterEach(() => app.close());

type Wanted = Parameters<typeof findPlace>[2];

async function read(actor: Actor, wanted: Wanted, only?: string): Promise<Report> {
	const place = await findPlace(app, actor, wanted);
	const { trainings } = await listReviewed(app, actor, end);
	const { invited } = turnoutIn(place, trainings);
	return review(app, actor, { place, instrument: end, invited, only });
}

const thisTraining = (): Wanted => ({ trainingId: cast.training.id });

function figure(report: Report, item: string, subject = ''): Figure | undefined {
	const lines = report.parts.flatMap((part) => part.lines);
	return lines.find(({ field }) => field.item.id === item && field.subject === subject)?.figure;
}

/** Another training of the same regency, whose people answer as told. */
async function anotherTraining(regionCode: string, n: number, d107: (place: number) => string[]) {
	const { id } = await createTraining(app, cast.ani, { ...jambiTraining, regionCode });
	const where = { training: { id } };
	await answersFrom(app, where, await participants(app, where, n), (place) => ({
		D107: d107(place)
	}));
	return id;
}

/** As an earlier version of the program counted: three of one training, which nobody may see alone. */
async function countedBefore(
	trainingId: string,
	row: { readonly item: string; readonly value: number; readonly n: number }
) {
	const of = { trainingId, instrument: end.id, version: end.version, subject: '' };
	await app.db.write((tx) => tx.insert(feedbackTally).values({ ...of, ...row }));
}

describe('a report on one training', () => {
	test('shows nothing before five have answered', async () => {
		await answersFrom(app, cast, await participants(app, cast, 4));
		const report = await read(cast.bambang, thisTraining());
		const kinds = report.parts.flatMap(({ lines }) => lines.map((line) => line.figure.kind));
		expect(new Set(kinds)).toEqual(new Set(['hidden']));
		expect(report.satisfaction).toBeNull();
	});

	test('gives a mean with n, and an interval that knows how many were invited', async () => {
		const people = await participants(app, cast, 10);
		await answersFrom(app, cast, people, (place) => ({ D101: [place < 5 ? '2' : '4'] }));
		const found = figure(await read(cast.bambang, thisTraining()), 'D101');
		expect(found).toMatchObject({ kind: 'scale', n: 10, value: { value: 3, n: 10 } });
		// Sri and Budi were invited too and are the only unknown.
		expect(found).toMatchObject({ value: { population: 'this_training' } });
		expect(found?.kind === 'scale' && found.value.high - found.value.value).toBeCloseTo(0.279, 3);
	});

	test('hides a single item that fewer than five rated', async () => {
		const people = await participants(app, cast, 10);
		await answersFrom(app, cast, people, (place) => ({ D108: place < 4 ? ['1'] : ['none'] }));
		const report = await read(cast.bambang, thisTraining());
		expect(figure(report, 'D108')).toEqual({ kind: 'hidden' });
		expect(figure(report, 'D101')).toMatchObject({ kind: 'scale', n: 10 });
	});

	test('computes the satisfaction index once all nine elements have enough answers', async () => {
		const skm = Object.fromEntries(end.skm.map((id) => [id, ['4']]));
		await answersFrom(app, cast, await participants(app, cast, 5), () => skm);
		const report = await read(cast.bambang, thisTraining());
		expect(report.satisfaction).toMatchObject({ index: { value: 100 }, band: 'A' });
	});

	test('tells a facilitator about themself, not about colleagues', async () => {
		const maria = await aFacilitator(app, 'Maria', cast.training.id);
		await answersFrom(app, cast, await participants(app, cast, 5));
		const seen = await read(maria, thisTraining());
		expect(figure(seen, 'D201', maria.userId)).toMatchObject({ n: 5 });
		expect(figure(seen, 'D201', cast.yusuf.userId)).toBeUndefined();
		const whole = await read(cast.ani, thisTraining());
		expect(figure(whole, 'D201', cast.yusuf.userId)).toMatchObject({ n: 5 });
	});

	test('hides free texts until there are five to a question', async () => {
		const people = await participants(app, cast, 10);
		await answersFrom(app, cast, people, (place) => ({
			D502: place < 5 ? [`Pertahankan ${place}`] : [],
			D503: place < 4 ? [`Ubah ${place}`] : []
		}));
		const place = await findPlace(app, cast.ani, thisTraining());
		const report = await read(cast.ani, thisTraining());
		const comments = await readComments(app, report, { place, instrument: end });
		const said = (item: string) => comments.find((one) => one.field.item.id === item);
		expect([...(said('D502')?.texts ?? [])].sort()).toEqual(
			[0, 1, 2, 3, 4].map((n) => `Pertahankan ${n}`)
		);
		expect(said('D503')).toMatchObject({ written: 4, texts: [] });
	});
});

describe('a report on a region', () => {
	test('hides a training whose number would give a small neighbour away', async () => {
		const many = await anotherTraining('15.04', 10, () => ['3']);
		const few = await anotherTraining('15.04', 5, () => []);
		await countedBefore(few, { item: 'D107', value: 1, n: 3 });
		const of = (trainingId: string) => read(cast.bambang, { trainingId });
		expect(figure(await read(cast.bambang, { regionCode: '15.04' }), 'D107')).toMatchObject({
			n: 13
		});
		expect(figure(await of(many), 'D107')).toEqual({ kind: 'hidden' });
		expect(figure(await of(few), 'D107')).toEqual({ kind: 'hidden' });
		expect(figure(await of(many), 'D101')).toMatchObject({ n: 10 });
	});

	test('does not tell by its growth what fewer than five have said', async () => {
		await anotherTraining('15.04', 10, () => ['3']);
		const food = async () => figure(await read(cast.bambang, { regionCode: '15.04' }), 'D107');
		expect(await food()).toMatchObject({ n: 10 });
		await anotherTraining('15.04', 5, (place) => (place < 3 ? ['1'] : []));
		expect(await food()).toMatchObject({ n: 10 });
	});

	test('says what trainings like these would say, and takes facilitators together', async () => {
		await answersFrom(app, cast, await participants(app, cast, 5));
		const report = await read(cast.bambang, 'nation');
		expect(figure(report, 'D201')).toMatchObject({
			n: 5,
			value: { population: 'such_trainings' }
		});
		expect(figure(report, 'D301', 'etos-kerja')).toMatchObject({ n: 5 });
	});

	test('can be narrowed to one module', async () => {
		await answersFrom(app, cast, await participants(app, cast, 5));
		const report = await read(cast.bambang, 'nation', 'etos-kerja');
		expect(report.parts.map(({ part }) => part.subject?.id)).toEqual(['etos-kerja']);
	});
});

describe('who may read', () => {
	const refused = { code: 'not_found' };

	test('participants read nothing, not even that there is something', async () => {
		await expect(findPlace(app, cast.sri, thisTraining())).rejects.toMatchObject(refused);
		await expect(findPlace(app, cast.sri, 'nation')).rejects.toMatchObject(refused);
		const { trainings, regions, nation } = await listReviewed(app, cast.sri, end);
		expect({ trainings, regions, nation }).toEqual({ trainings: [], regions: [], nation: false });
	});

	test('an officer of another region sees nothing of this one', async () => {
		const other = await anOfficer(app, 'Dewi', '72');
		await expect(findPlace(app, other, thisTraining())).rejects.toMatchObject(refused);
		await expect(findPlace(app, other, { regionCode: '15' })).rejects.toMatchObject(refused);
		expect((await listReviewed(app, other, end)).trainings).toEqual([]);
	});

	test('an officer reads about the whole region, not about the nation', async () => {
		expect(await listReviewed(app, cast.ani, end)).toMatchObject({
			trainings: [{ training: { id: cast.training.id }, invited: 2, answered: 0, shown: 0 }],
			regions: [{ code: '15' }],
			nation: false
		});
		await expect(findPlace(app, cast.ani, 'nation')).rejects.toMatchObject(refused);
		await expect(findPlace(app, cast.ani, { regionCode: '15.99.99' })).rejects.toMatchObject(
			refused
		);
	});

	test('a regency reads about itself, not about the province around it', async () => {
		const regency = await anOfficer(app, 'Rina', '15.04');
		await expect(findPlace(app, regency, { regionCode: '15' })).rejects.toMatchObject(refused);
		expect(await findPlace(app, regency, { regionCode: '15.04' })).toEqual({
			kind: 'region',
			code: '15.04'
		});
	});

	test('a facilitator reads about the own training only', async () => {
		const other = await createTraining(app, cast.ani, jambiTraining);
		await expect(findPlace(app, cast.yusuf, { trainingId: other.id })).rejects.toMatchObject(
			refused
		);
		expect((await listReviewed(app, cast.yusuf, end)).trainings).toHaveLength(1);
	});

	test('running the house is no reason to read feedback', async () => {
		const admin = await aPerson(app, {
			name: 'Tono',
			grants: [{ role: 'admin', scope: { kind: 'nation' } }]
		});
		await expect(findPlace(app, admin, 'nation')).rejects.toMatchObject(refused);
	});
});
