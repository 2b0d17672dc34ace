import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../../../tests/people.ts';
import { versionOf } from '../../../../../tests/wordings.ts';
import { readCourse } from '../../server/content.ts';
import { ALL, readTest, type TestPage } from './form-pages.ts';
import { saveTestPage } from './page-saving.ts';
import { ownTest, receiveAnswers, receiveHandIn, startTest } from './taking.ts';
import { openTest } from './windows.ts';

const course = readCourse('content');

let app: TestApp;
let cast: Cast;
let testId: string;
beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	await openTest(app, course, cast.yusuf, which());
	({ testId } = await startTest(app, course, cast.sri, which()));
});
afterEach(() => app.close());

const which = () => ({ trainingId: cast.training.id, phase: 'pre' }) as const;
const own = async (itemId: string) => {
	const test = await ownTest(app.db.read, course, cast.sri, which());
	return test?.answers.get(itemId)?.answer ?? '';
};

let made = 0;
/** As a phone sends one answer; `seen` is the number of the one it was given over. */
async function answer(device: string, itemId: string, answer: string, seen?: number) {
	made++;
	const change = { operationId: `change-${made}`, device, sequence: made, seen };
	const answers = [{ itemId, itemVersion: versionOf(course, itemId), answer, ...change }];
	const { states, standing } = await receiveAnswers(app, course, cast.sri, { testId, answers });
	return { state: states[0], now: standing.get(itemId) };
}

async function page(part: string): Promise<TestPage> {
	const view = await readTest(app, course, cast.sri, which(), { page: part, language: 'id' });
	if (view.kind !== 'page') throw new Error(view.kind);
	return view;
}

/** What the plain form of a page sends, some of it changed by hand. */
function send({ part, typed, formId, newest }: TestPage, changed: Record<string, string>) {
	const form = new FormData();
	form.append('lembar', formId);
	form.append('dilihat', String(newest));
	for (const [name, values] of Object.entries({ ...typed, ...inLists(changed) })) {
		for (const value of values) form.append(name, value);
	}
	return saveTestPage(app, course, cast.sri, which(), { page: part, form });
}

const inLists = (fields: Record<string, string>) =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));

const radiosOn = ({ asked }: TestPage): [string, string] => {
	const [one, other] = asked.filter(({ control }) => control === 'radios');
	return [one?.id ?? '', other?.id ?? ''];
};

describe('an answer of a phone', () => {
	test('stands when it was given over the newest one, whoever gave that', async () => {
		const first = await answer('phone', 'TA1', 'a', 0);
		const second = await answer('tablet', 'TA1', 'b', first.now?.n);
		expect(second.state).toBe('saved');
		expect(await own('TA1')).toBe('b');
	});

	test('does not undo one that another device gave since, and hears which one stands', async () => {
		const newer = await answer('tablet', 'TA1', 'b', 0);
		const older = await answer('phone', 'TA1', 'a', 0);
		expect(older).toMatchObject({ state: 'newer', now: { answer: 'b', n: newer.now?.n } });
		expect(await own('TA1')).toBe('b');
		const again = await answer('phone', 'TA1', 'a', older.now?.n);
		expect(again.state).toBe('saved');
		expect(await own('TA1')).toBe('a');
	});

	test('takes no answer back that it never saw', async () => {
		await answer('tablet', 'TA1', 'b', 0);
		expect(await answer('phone', 'TA1', '', 0)).toMatchObject({ state: 'newer' });
		expect(await own('TA1')).toBe('b');
	});

	test('needs not have heard of its own that are still on their way', async () => {
		await answer('phone', 'TA1', 'a', 0);
		expect(await answer('phone', 'TA1', 'b', 0)).toMatchObject({ state: 'saved' });
		expect(await own('TA1')).toBe('b');
	});

	test('is no quarrel when both say the same', async () => {
		await answer('tablet', 'TA1', 'b', 0);
		expect(await answer('phone', 'TA1', 'b', 0)).toMatchObject({ state: 'saved' });
	});

	test('refuses a number that is none', async () => {
		await expect(answer('phone', 'TA1', 'a', -1)).rejects.toMatchObject({ code: 'invalid' });
		await expect(answer('phone', 'TA1', 'a', 0.5)).rejects.toMatchObject({ code: 'invalid' });
	});
});

describe('a page of the plain form', () => {
	test('that is older leaves alone what it did not change', async () => {
		const old = await page('1');
		const [one, other] = radiosOn(old);
		await answer('tablet', one, 'b', 0);
		expect(await send(old, { [other]: 'a' })).toMatchObject({ kind: 'saved', newer: [] });
		expect(await own(one)).toBe('b');
		expect(await own(other)).toBe('a');
	});

	test('that is older names what it wanted otherwise, and keeps the newer answer', async () => {
		const old = await page('1');
		const [one, other] = radiosOn(old);
		await answer('tablet', one, 'b', 0);
		expect(await send(old, { [one]: 'a', [other]: 'a' })).toMatchObject({ newer: [one] });
		expect(await own(one)).toBe('b');
		expect(await send(await page('1'), { [one]: 'a' })).toMatchObject({ newer: [] });
		expect(await own(one)).toBe('a');
	});

	test('takes back what is emptied on it', async () => {
		const [one] = radiosOn(await page('1'));
		await send(await page('1'), { [one]: 'a' });
		const { typed, ...rest } = await page('1');
		const emptied = Object.fromEntries(Object.entries(typed).filter(([name]) => name !== one));
		await send({ ...rest, typed: emptied }, {});
		expect(await own(one)).toBe('');
	});

	test('has all questions on it for a phone to keep, with what each answer was given over', async () => {
		const { now } = await answer('tablet', 'TA1', 'b', 0);
		const whole = await page(ALL);
		expect(whole.asked).toHaveLength(20);
		expect(whole).toMatchObject({ part: 'semua', page: 1, pages: 1, newest: now?.n });
		expect(whole.seen).toMatchObject({ TA1: now?.n, TA2: 0 });
		expect(await send(whole, { TA2: 'b' })).toMatchObject({ kind: 'saved', newer: [] });
		expect(await own('TA2')).toBe('b');
	});

	test('refuses a mark that no page of ours carries', async () => {
		const form = new FormData();
		form.append('lembar', 'x');
		form.append('dilihat', 'kemarin');
		const sent = { page: '1', form };
		await expect(saveTestPage(app, course, cast.sri, which(), sent)).rejects.toMatchObject({
			code: 'invalid'
		});
	});
});

test('a test handed in from an older page counts the newer answers, and says which', async () => {
	await answer('tablet', 'TA1', 'b', 0);
	const sent = { device: 'phone', sequence: ++made, seen: 0 };
	const answers = Object.entries({ TA1: 'a', TA2: 'b' }).map(([itemId, answer]) => ({
		...sent,
		itemId,
		itemVersion: versionOf(course, itemId),
		answer,
		operationId: `hand-in.${itemId}`
	}));
	const { newer, score } = await receiveHandIn(app, course, cast.sri, { testId, answers });
	expect(newer).toEqual(['TA1']);
	expect(score).not.toBeNull();
	expect(await own('TA1')).toBe('b');
	expect(await own('TA2')).toBe('b');
});
