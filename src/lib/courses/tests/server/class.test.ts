import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testTally } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { participant as aParticipant, take as handIn } from '../../../../../tests/classroom.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { anOfficer, aTraining, type Cast } from '../../../../../tests/people.ts';
import { versionOf } from '../../../../../tests/wordings.ts';
import { readCourse } from '../../server/content.ts';
import type { TestPhase } from '../test.ts';
import { classTests, preTestAnswers } from './class.ts';
import { analysedItems } from './items.ts';
import { startTest } from './taking.ts';
import { closeTest, openTest } from './windows.ts';

const course = readCourse('content');

let app: TestApp;
let cast: Cast;
let now: Date;
beforeEach(async () => {
	now = new Date('2026-05-22T03:00:00Z');
	app = await openTestApp({ now: () => now });
	cast = await aTraining(app);
});
afterEach(() => app.close());

const which = (phase: TestPhase) => ({ trainingId: cast.training.id, phase });
const open = (phase: TestPhase) => openTest(app, course, cast.yusuf, which(phase));
const close = (phase: TestPhase) => closeTest(app, cast.yusuf, which(phase));
const read = (who = cast.yusuf) => classTests(app, who, cast.training.id);

const participant = (id: string) => aParticipant(app, cast.training.id, { id });
const take = (who: Actor, phase: TestPhase, right: number) =>
	handIn(app, course, who, { ...which(phase), right });

describe('the tests of a class', () => {
	test('tell who has handed in, to those who run or follow it, and nobody how well', async () => {
		await open('pre');
		await take(cast.sri, 'pre', 9);
		await startTest(app, course, cast.budi, which('pre'));
		const { participants, mayRun } = await read();
		expect(mayRun).toBe(true);
		expect(participants).toEqual([
			expect.objectContaining({
				name: 'Sri',
				tests: { pre: { kind: 'handed in' }, post: { kind: 'not begun' } }
			}),
			expect.objectContaining({
				name: 'Budi',
				tests: { pre: { kind: 'begun', answered: 0 }, post: { kind: 'not begun' } }
			})
		]);
		expect(JSON.stringify(participants)).not.toContain('correct');
		expect(await read(cast.bambang)).toMatchObject({ participants: null, mayRun: false });
		await expect(read(cast.sri)).rejects.toMatchObject({ code: 'forbidden' });
		const elsewhere = await anOfficer(app, 'Rina', '16');
		await expect(read(elsewhere)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('tell what the class knows from five people on, and only once they are closed', async () => {
		const people = await Promise.all(['p1', 'p2', 'p3', 'p4'].map(participant));
		await open('pre');
		for (const who of people) await take(who, 'pre', 10);
		await close('pre');
		expect((await read()).tests.pre).toMatchObject({ handedIn: 4, result: null });
		await open('pre');
		await take(cast.sri, 'pre', 20);
		expect((await read()).tests.pre).toMatchObject({ state: 'open', handedIn: 5, result: null });
		expect(await preTestAnswers(app, cast.training)).toEqual([]);
		await close('pre');
		expect(await preTestAnswers(app, cast.training)).toHaveLength(5 * 20);
		const { tests, turnout, gain } = await read(cast.bambang);
		expect(tests.pre.result).toMatchObject({ n: 5, mean: expect.closeTo(0.6, 10) });
		expect(tests.pre.result?.objectives[0]).toMatchObject({ share: 0.2, n: 5 });
		expect(turnout).toEqual({ invited: 6, both: 0, onlyPre: 5, onlyPost: 0, neither: 1 });
		expect(gain).toBeNull();
	});

	test('do not move by one person who hands in after the first closing', async () => {
		const people = await Promise.all(['p1', 'p2', 'p3', 'p4', 'p5'].map(participant));
		await open('pre');
		for (const who of people) await take(who, 'pre', 10);
		await close('pre');
		const before = (await read()).tests.pre.result;
		await open('pre');
		now = new Date('2026-05-22T03:01:00Z');
		await take(cast.sri, 'pre', 20);
		await close('pre');
		const { tests } = await read();
		expect(tests.pre.handedIn).toBe(6);
		expect(tests.pre.result).toEqual(before);
	});

	test('tell the gain of those who took both', async () => {
		const people = await Promise.all(['p1', 'p2', 'p3', 'p4', 'p5'].map(participant));
		await open('pre');
		for (const [at, who] of people.entries()) await take(who, 'pre', 8 + at);
		await take(cast.sri, 'pre', 0);
		await open('post');
		for (const [at, who] of people.entries()) await take(who, 'post', 12 + at);
		expect((await read()).gain).toBeNull();
		await close('post');
		const { gain, turnout } = await read();
		expect(turnout).toMatchObject({ both: 5, onlyPre: 1, neither: 1 });
		expect(gain?.total.n).toBe(5);
		expect(gain?.total.value).toBeCloseTo(0.2, 10);
		// The first eight lessons were known before, the next four by all but some, the last four by nobody.
		const last = gain?.objectives.find(({ objective }) =>
			objective.endsWith('layanan-untuk-semua')
		);
		expect(last?.gain.value).toBe(0);
		expect(gain?.modules).toHaveLength(4);
	});
});

describe('how items work', () => {
	const tally = (n: number, fields: Partial<typeof testTally.$inferInsert> = {}) =>
		app.db.write((tx) =>
			tx.insert(testTally).values({
				itemId: 'TA1',
				itemVersion: versionOf(course, 'TA1'),
				phase: 'post',
				score: 50,
				answer: 'c',
				right: true,
				n,
				...fields
			})
		);
	const first = async () =>
		(await analysedItems(app, course, cast.bambang, 'id')).find(({ id }) => id === 'TA1');

	test('is put together over trainings by wording, and hidden below twenty answers', async () => {
		await tally(12);
		await tally(7, { answer: 'a', right: false });
		await tally(30, { itemVersion: versionOf(course, 'TA1') + 1 });
		expect(await first()).toMatchObject({ n: 19, analysis: null });
		await tally(1, { answer: '', right: false });
		const found = await first();
		expect(found?.analysis).toMatchObject({ n: 20, difficulty: { value: 0.6 } });
		const asked = course.test?.A.find(({ id }) => id === 'TA1');
		expect(asked).toMatchObject({ options: { id: { a: found?.texts.get('a') } } });
	});

	test('is for those who review the whole country', async () => {
		for (const who of [cast.sri, cast.yusuf, cast.ani, null]) {
			await expect(analysedItems(app, course, who, 'id')).rejects.toMatchObject({
				code: 'not_found'
			});
		}
	});
});
