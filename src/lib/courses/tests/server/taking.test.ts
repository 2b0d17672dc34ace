import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import {
	testAttempt,
	testOperation,
	testResult,
	testTally
} from '#lib/platform/server/db/schema/index.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { aParticipant, aTraining, KARMEO, type Cast } from '../../../../../tests/people.ts';
import { versionOf } from '../../../../../tests/wordings.ts';
import { readCourse } from '../../server/content.ts';
import type { FormName, TestPhase } from '../test.ts';
import { readTest } from './form-pages.ts';
import type { TestAnswer } from './keeping.ts';
import { saveTestPage } from './page-saving.ts';
import { handInTest, ownTest, saveTestAnswer, startTest } from './taking.ts';
import { closeTest, openTest } from './windows.ts';

const course = readCourse('content');

let app: TestApp;
let clock: Date;
let cast: Cast;
beforeEach(async () => {
	clock = new Date('2026-05-18T02:00:00Z');
	app = await openTestApp({ now: () => clock });
	cast = await aTraining(app);
});
afterEach(() => app.close());

const which = (phase: TestPhase = 'pre') => ({ trainingId: cast.training.id, phase });
const open = (phase?: TestPhase, who = cast.yusuf) => openTest(app, course, who, which(phase));
const close = (phase?: TestPhase) => closeTest(app, cast.yusuf, which(phase));
const start = (who = cast.sri, phase?: TestPhase) => startTest(app, course, who, which(phase));
const take = async (who = cast.sri, phase?: TestPhase) => (await start(who, phase)).testId;
const own = (who = cast.sri, phase?: TestPhase) => ownTest(app.db.read, course, who, which(phase));

let made = 0;
const change = (itemId: string, answer: string, fields: Partial<TestAnswer> = {}): TestAnswer => ({
	itemId,
	itemVersion: versionOf(course, itemId),
	answer,
	operationId: `change-${++made}`,
	device: 'phone',
	sequence: made,
	...fields
});
const save = (testId: string, answer: TestAnswer, who: Actor | null = cast.sri) =>
	saveTestAnswer(app, course, who, { testId, ...answer });
const handIn = (testId: string, answers: TestAnswer[] = [], who: Actor | null = cast.sri) =>
	handInTest(app, course, who, { testId, answers });
/** The first `right` items answered rightly. */
const knowing = (form: FormName, right: number) =>
	(course.test?.[form] ?? []).slice(0, right).map((item) => change(item.id, rightAnswer(item)));
const itemIds = (testId: string) =>
	app.db.read.select().from(testOperation).where(eq(testOperation.attemptId, testId));

async function newcomer(name: string): Promise<Actor> {
	const place = { villageCode: KARMEO };
	return aParticipant(app, cast.yusuf, cast.training.id, { name, place });
}

describe('a test', () => {
	test('is begun only while it is open, and once', async () => {
		await expect(start()).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_test_not_open'
		});
		await open();
		const both = await Promise.all([take(), take()]);
		expect(both[0]).toBe(both[1]);
		expect(await app.db.read.$count(testAttempt)).toBe(1);
		await close();
		await expect(start(cast.budi)).rejects.toMatchObject({
			messageKey: 'courses_refused_test_closed'
		});
	});

	test('is opened and closed by those who run the training, and by nobody else', async () => {
		for (const who of [cast.sri, cast.bambang]) {
			await expect(open('pre', who)).rejects.toMatchObject({ code: 'forbidden' });
			await expect(closeTest(app, who, which())).rejects.toMatchObject({ code: 'forbidden' });
		}
		await open('pre', cast.ani);
		await expect(start(cast.yusuf)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('gives half of the people form A first, and everybody the other form second', async () => {
		await open();
		const people = [cast.sri, cast.budi, ...(await Promise.all(['Umi', 'Tono'].map(newcomer)))];
		for (const who of people) await start(who);
		const first = await Promise.all(people.map(async (who) => (await own(who))?.form));
		expect(first).toEqual(['A', 'B', 'A', 'B']);
		await open('post');
		const late = await newcomer('Dewi');
		for (const who of [late, ...people]) await start(who, 'post');
		const second = await Promise.all(people.map(async (who) => (await own(who, 'post'))?.form));
		expect(second).toEqual(['B', 'A', 'B', 'A']);
		expect((await own(late, 'post'))?.form).toBe('B');
	});

	test('keeps the halves even when forty begin at once', async () => {
		await open();
		const people = await Promise.all(['Umi', 'Tono', 'Dewi', 'Joko'].map(newcomer));
		await Promise.all([cast.sri, cast.budi, ...people].map((who) => start(who)));
		const rows = await app.db.read.select({ form: testAttempt.form }).from(testAttempt);
		expect(rows.filter(({ form }) => form === 'A')).toHaveLength(3);
	});

	test('is graded on the server when it is handed in, and what is open is not right', async () => {
		await open();
		const testId = await take();
		for (const answer of knowing('A', 7)) await save(testId, answer);
		await save(testId, change('TA8', 'a b c d'));
		expect(await handIn(testId)).toEqual({ correct: 7, total: 20 });
		const results = await app.db.read.select().from(testResult);
		expect(results).toHaveLength(20);
		expect(results.filter(({ right }) => right)).toHaveLength(7);
		expect(results.find(({ itemId }) => itemId === 'TA8')).toMatchObject({
			answer: 'a b c d',
			right: false,
			objective: 'strategi-implementasi/advokasi'
		});
	});

	test('is handed in once: twice is the same, and nothing is counted again', async () => {
		await open();
		const testId = await take();
		const answers = knowing('A', 5);
		const both = await Promise.all([handIn(testId, answers), handIn(testId, answers)]);
		expect(both).toEqual([
			{ correct: 5, total: 20 },
			{ correct: 5, total: 20 }
		]);
		expect(await handIn(testId, knowing('A', 20))).toEqual({ correct: 5, total: 20 });
		const tally = await app.db.read.select().from(testTally);
		expect(tally.reduce((sum, { n }) => sum + n, 0)).toBe(20);
		expect(tally.every(({ score }) => score === 25)).toBe(true);
		expect((await own())?.score).toEqual({ correct: 5, total: 20 });
	});

	test('counts everybody with the same answer and the same score together', async () => {
		await open();
		const testId = await take();
		await handIn(testId, knowing('A', 5));
		await start(cast.budi);
		const third = await newcomer('Umi');
		await handIn(await take(third), knowing('A', 5), third);
		const [row] = await app.db.read.select().from(testTally).where(eq(testTally.itemId, 'TA1'));
		const itemVersion = versionOf(course, 'TA1');
		expect(row).toMatchObject({ itemVersion, phase: 'pre', score: 25, answer: 'c', n: 2 });
	});
});

describe('an answer', () => {
	let testId: string;
	beforeEach(async () => {
		await open();
		testId = await take();
	});

	const standingFor = async (itemId: string) => (await own())?.answers.get(itemId)?.answer;

	test('that arrives twice is kept once', async () => {
		const answer = change('TA1', 'c');
		await Promise.all([save(testId, answer), save(testId, answer)]);
		expect(await save(testId, answer)).toEqual({ state: 'saved' });
		expect(await itemIds(testId)).toHaveLength(1);
	});

	test('from two devices at once: the last to arrive stands, both are kept', async () => {
		await save(testId, change('TA1', 'a', { device: 'phone', sequence: 30 }));
		await save(testId, change('TA1', 'b', { device: 'laptop', sequence: 2 }));
		expect(await standingFor('TA1')).toBe('b');
		expect(await itemIds(testId)).toHaveLength(2);
	});

	test('that a phone sends late does not undo a later one of its own', async () => {
		await save(testId, change('TA1', 'b', { sequence: 5 }));
		const old = change('TA1', 'a', { sequence: 4 });
		expect(await save(testId, old)).toEqual({ state: 'superseded' });
		expect(await standingFor('TA1')).toBe('b');
	});

	test('can be taken back', async () => {
		await save(testId, change('TA1', 'b'));
		await save(testId, change('TA1', ''));
		expect(await standingFor('TA1')).toBeUndefined();
	});

	test.each([
		['of the other form', { itemId: 'TB1', answer: 'a' }],
		['to a quiz', { itemId: 'QA1', answer: 'a' }],
		['with an option that is not there', { itemId: 'TA1', answer: 'e' }],
		['with half an order', { itemId: 'TA8', answer: 'b d' }],
		[
			'to another wording',
			{ itemId: 'TA1', answer: 'a', itemVersion: versionOf(course, 'TA1') + 1 }
		],
		['without a name', { itemId: 'TA1', answer: 'a', operationId: '' }],
		['with an odd number', { itemId: 'TA1', answer: 'a', sequence: 0.5 }]
	])('%s is refused', async (_, fields) => {
		await expect(save(testId, change('TA1', 'a', fields))).rejects.toMatchObject({
			code: 'invalid'
		});
		expect(await itemIds(testId)).toEqual([]);
	});

	test("in somebody else's test is refused as if there were none", async () => {
		const hidden = { code: 'not_found', messageKey: 'courses_refused_no_such_test' };
		await expect(save(testId, change('TA1', 'a'), cast.budi)).rejects.toMatchObject(hidden);
		await expect(handIn(testId, [], cast.budi)).rejects.toMatchObject(hidden);
		await expect(save('nothing', change('TA1', 'a'))).rejects.toMatchObject(hidden);
		await expect(save(testId, change('TA1', 'a'), null)).rejects.toMatchObject({
			code: 'unauthenticated'
		});
	});

	test('after the hand-in is refused in words and changes nothing', async () => {
		await handIn(testId, knowing('A', 3));
		await expect(save(testId, change('TA5', 'a'))).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_test_handed_in'
		});
		expect((await own())?.score).toEqual({ correct: 3, total: 20 });
	});

	test('that was on its way while its test was handed in is no trouble to the phone', async () => {
		const straggler = change('TA1', 'a', { sequence: 1 });
		await handIn(testId, [change('TA1', 'c', { sequence: 2 })]);
		expect(await save(testId, straggler)).toEqual({ state: 'superseded' });
	});
});

describe('what comes too late', () => {
	let testId: string;
	beforeEach(async () => {
		await open();
		testId = await take();
		await save(testId, change('TA1', 'c'));
		await close();
	});
	const tooLate = { code: 'closed', messageKey: 'courses_refused_test_late' };

	test('is refused in words, is kept, and does not count', async () => {
		await expect(save(testId, change('TA2', 'b'))).rejects.toMatchObject(tooLate);
		await expect(handIn(testId, knowing('A', 5))).rejects.toMatchObject(tooLate);
		await expect(handIn(testId)).rejects.toMatchObject(tooLate);
		expect(await itemIds(testId)).toHaveLength(7);
		expect(await own()).toMatchObject({ late: true, score: null });
		expect(await app.db.read.$count(testResult)).toBe(0);
		expect(await app.db.read.$count(testTally)).toBe(0);
	});

	test('counts when the test is opened again', async () => {
		await expect(handIn(testId, knowing('A', 5))).rejects.toMatchObject(tooLate);
		await open();
		expect(await own()).toMatchObject({ late: false, score: { correct: 5, total: 20 } });
		await close();
		await open();
		expect(await app.db.read.$count(testResult)).toBe(20);
	});

	test('counts from when it was handed in by the clock of the server, not of the phone', async () => {
		await open();
		clock = new Date('2026-05-30T02:00:00Z');
		await expect(handIn(testId)).rejects.toMatchObject(tooLate);
		await expect(open()).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_test_over'
		});
	});
});

describe('the two tests of a training', () => {
	test('follow each other: opening the last closes the first for good', async () => {
		await open();
		const testId = await take();
		await open('post');
		await expect(handIn(testId)).rejects.toMatchObject({ code: 'closed' });
		await expect(open()).rejects.toMatchObject({ messageKey: 'courses_refused_pre_after_post' });
		await expect(closeTest(app, cast.yusuf, which('pre'))).resolves.toBeUndefined();
	});

	test('are closed only once they were opened', async () => {
		await expect(close('post')).rejects.toMatchObject({
			messageKey: 'courses_refused_test_not_open'
		});
	});
});

describe('the pages of a test', () => {
	const read = (page: string | null = null, who = cast.sri, phase?: TestPhase) =>
		readTest(app, course, who, which(phase), { page, language: 'id' });
	const formOf = (fields: Record<string, string>) => {
		const form = new FormData();
		form.set('lembar', 'sheet');
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		return form;
	};
	const savePage = (page: string, fields: Record<string, string>) =>
		saveTestPage(app, course, cast.sri, which(), { page, form: formOf(fields) });

	async function pageOf(number: string) {
		const view = await read(number);
		if (view.kind !== 'page') throw new Error(view.kind);
		return view;
	}

	test('wait at the door until the test is open, then until it is begun', async () => {
		expect(await read()).toMatchObject({ kind: 'door', state: 'not opened', total: 20 });
		await open();
		expect(await read()).toMatchObject({ kind: 'door', state: 'open', answered: null });
	});

	test('keep what was answered, and go on where it stopped', async () => {
		await open();
		await take();
		const first = await pageOf('1');
		expect(first).toMatchObject({ pages: 4, first: 1, answered: 0 });
		const radios = first.asked.filter(({ control }) => control === 'radios');
		const chosen = Object.fromEntries(radios.map(({ id }) => [id, 'a']));
		expect(await savePage('1', chosen)).toMatchObject({
			kind: 'saved',
			page: 1,
			pages: 4,
			newer: []
		});
		const again = await pageOf('1');
		expect(again.answered).toBe(radios.length);
		expect(again.typed).toMatchObject({ [radios[0]?.id ?? '']: ['a'] });
		expect(again.savedAt).toEqual(clock);
		await savePage('1', chosen);
		expect(await app.db.read.$count(testOperation)).toBe(radios.length);
	});

	test('keep a change of mind from the same sheet, there and back', async () => {
		await open();
		await take();
		const { asked } = await pageOf('1');
		const id = asked.find(({ control }) => control === 'radios')?.id ?? '';
		for (const answer of ['a', 'b', 'a']) await savePage('1', { [id]: answer });
		expect((await pageOf('1')).typed).toEqual({ [id]: ['a'] });
	});

	test('keep the rest of a page when an order is half filled in', async () => {
		await open();
		await take();
		const numbers = ['1', '2', '3', '4'];
		const pages = await Promise.all(numbers.map(pageOf));
		const page = pages.find(({ asked }) => asked.some(({ control }) => control === 'places'));
		const order = page?.asked.find(({ control }) => control === 'places');
		const single = page?.asked.find(({ control }) => control === 'radios');
		const fields = { [`${order?.id}.a`]: '1', [single?.id ?? '']: 'a' };
		expect(await savePage(String(page?.page), fields)).toEqual({
			kind: 'lacking',
			lacks: { [order?.id ?? '']: 'incomplete' }
		});
		expect((await own())?.answers.size).toBe(1);
	});

	test('refuse a question of another page', async () => {
		await open();
		await take();
		const other = (await pageOf('2')).asked[0]?.id ?? '';
		await expect(savePage('1', { [other]: 'a' })).rejects.toMatchObject({ code: 'invalid' });
	});

	test('show what is still open before it is handed in', async () => {
		await open();
		const testId = await take();
		for (const answer of knowing('A', 4)) await save(testId, answer);
		const view = await read('periksa');
		expect(view).toMatchObject({ kind: 'review', answered: 4, total: 20 });
		if (view.kind !== 'review') return;
		expect(view.questions.filter(({ answered }) => !answered)).toHaveLength(16);
	});

	test('tell after the pre-test how many were right and what to read, and explain after the post-test', async () => {
		await open();
		await handIn(await take(), knowing('A', 18));
		const before = await read();
		expect(before).toMatchObject({
			kind: 'result',
			score: { correct: 18, total: 20 },
			results: null
		});
		if (before.kind !== 'result') return;
		expect(before.reread.toSorted()).toEqual([
			'layanan-prima/layanan-untuk-semua',
			'layanan-prima/menangani-keluhan'
		]);
		await open('post');
		await handIn(await take(cast.sri, 'post'), knowing('B', 20));
		expect(await read(null, cast.sri, 'post')).toMatchObject({
			results: expect.arrayContaining([expect.objectContaining({ id: 'TB1', right: true })])
		});
		expect(await read()).toMatchObject({ results: null });
		await close('post');
		expect(await read()).toMatchObject({
			results: expect.arrayContaining([expect.objectContaining({ id: 'TA20', right: false })])
		});
	});

	test('say after the closing how much was answered, and that it does not count', async () => {
		await open();
		const testId = await take();
		await save(testId, change('TA1', 'a'));
		await close();
		expect(await read()).toMatchObject({ kind: 'door', state: 'closed', answered: 1, late: false });
		expect(await read('periksa')).toMatchObject({ kind: 'door', state: 'closed' });
	});
	test('that are sent after the closing are refused and kept', async () => {
		await open();
		await take();
		const { asked } = await pageOf('1');
		const id = asked.find(({ control }) => control === 'radios')?.id ?? '';
		await close();
		await expect(savePage('1', { [id]: 'a' })).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_test_late'
		});
		expect((await own())?.answers.get(id)?.answer).toBe('a');
	});
});
