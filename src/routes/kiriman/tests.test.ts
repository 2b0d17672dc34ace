import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCourse } from '#lib/courses/server/content.ts';
import { ownTest, startTest } from '#lib/courses/tests/server/taking.ts';
import { closeTest, openTest } from '#lib/courses/tests/server/windows.ts';
import type { Operation } from '#lib/platform/operations.ts';
import { carryOut } from '#lib/platform/server/operations.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../tests/people.ts';
import { kinds } from './kinds.ts';

const course = readCourse('content');
const form = course.test?.A ?? [];

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
const own = () => ownTest(app.db.read, course, cast.sri, which());

let made = 0;
const queued = (kind: string, subject: string, fields: Operation['fields']): Operation => {
	made++;
	return { id: `op${made}`, outbox: 'phone', seq: made, kind, subject, fields };
};
const answering = (itemId: string, answer: string) =>
	queued('test.answer', `${testId}/${itemId}`, [
		['version', '1'],
		['answer', answer]
	]);
const handingIn = (answers: readonly [string, string][]) =>
	queued(
		'test.handIn',
		testId,
		answers.map(([id, answer]) => [id, `1 ${answer}`])
	);

function arrive(operation: Operation) {
	return carryOut(app, cast.sri.userId, operation, (inside, before) => {
		const kind = kinds.get(operation.kind);
		if (!kind) throw new Error(operation.kind);
		return kind({ app: inside, actor: cast.sri, course, locale: 'id', operation, before });
	});
}

describe('a test in the queue of a phone', () => {
	test('arrives in any order, each answer once', async () => {
		const queue = [answering('TA1', 'a'), answering('TA1', 'c'), answering('TA2', 'b')];
		for (const operation of [...queue.toReversed(), ...queue]) await arrive(operation);
		const test = await own();
		expect(test?.answers.get('TA1')?.answer).toBe('c');
		expect(test?.answers.get('TA2')?.answer).toBe('b');
	});

	test('is handed in whole, even when its answers come later', async () => {
		const first = answering('TA1', 'a');
		const all = form.map((item): [string, string] => [item.id, rightAnswer(item)]);
		const last = handingIn(all);
		expect(await arrive(last)).toEqual({ to: `/pelatihan/${cast.training.id}/tes/awal` });
		expect(await arrive(first)).toMatchObject({ state: 'superseded' });
		expect((await own())?.score).toEqual({ correct: 20, total: 20 });
	});

	test('is kept when it comes too late, and not sent for ever', async () => {
		await closeTest(app, cast.yusuf, which());
		expect(await arrive(answering('TA1', 'c'))).toEqual({ state: 'saved', late: true });
		expect(await arrive(handingIn([['TA2', 'b']]))).toHaveProperty('to');
		const test = await own();
		expect(test).toMatchObject({ late: true, score: null });
		expect(test?.answers.size).toBe(2);
	});

	test('takes no answer to what was not asked', async () => {
		await expect(arrive(answering('TB1', 'a'))).rejects.toMatchObject({ code: 'invalid' });
		await expect(arrive(answering('TA1', 'z'))).rejects.toMatchObject({ code: 'invalid' });
		await expect(arrive(queued('test.handIn', testId, [['TA1', 'c']]))).rejects.toMatchObject({
			code: 'invalid'
		});
	});
});
