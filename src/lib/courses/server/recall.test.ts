import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../../tests/people.ts';
import { handInTest, startTest } from '../tests/server/taking.ts';
import { openTest } from '../tests/server/windows.ts';
import { readCourse } from './content.ts';
import { answerRecall, recallIn } from './recall.ts';

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

const recall = (who = cast.sri) => recallIn(app, course, who, cast.training.id);

async function openRecall() {
	const found = await recall();
	if (found.kind !== 'open') throw new Error(found.kind);
	return found;
}

/** Rightly. */
async function answer() {
	const { items } = await openRecall();
	const answers = Object.fromEntries(items.map((item) => [item.id, rightAnswer(item)]));
	return answerRecall(app, course, cast.sri, {
		trainingId: cast.training.id,
		form: { formId: 'sheet', answers }
	});
}

describe('questions after the training', () => {
	test('wait for the second day, where the training took place', async () => {
		clock = new Date('2026-05-23T16:59:00Z');
		expect(await recall()).toEqual({ kind: 'not yet', from: '2026-05-24' });
		clock = new Date('2026-05-23T17:01:00Z');
		expect(await recall()).toMatchObject({ kind: 'open', day: 2, attemptId: null });
		await expect(answer()).resolves.toBeDefined();
	});

	test('are about what was wrong in the last test', async () => {
		const which = { trainingId: cast.training.id, phase: 'post' } as const;
		await openTest(app, course, cast.yusuf, which);
		const { testId } = await startTest(app, course, cast.sri, which);
		const form = course.test?.B ?? [];
		const known = form.slice(0, -4).map((item, sequence) => ({
			itemId: item.id,
			itemVersion: item.version,
			answer: rightAnswer(item),
			operationId: `o${sequence}`,
			device: 'phone',
			sequence
		}));
		await handInTest(app, course, cast.sri, { testId, answers: known });
		clock = new Date('2026-05-25T02:00:00Z');
		const { items } = await openRecall();
		expect(items.map(({ objective }) => objective).toSorted()).toEqual(
			form
				.slice(-4)
				.map(({ objective }) => objective)
				.toSorted()
		);
	});

	test('do not change while they are answered, and are kept once', async () => {
		clock = new Date('2026-05-25T02:00:00Z');
		const asked = (await openRecall()).items;
		const [one, again] = [await answer(), await answer()];
		expect(again).toEqual(one);
		const found = await openRecall();
		expect(found.items).toEqual(asked);
		expect(found.attemptId).toBe(one.attemptId);
	});

	test('come back in the next round until they were right twice', async () => {
		clock = new Date('2026-05-25T02:00:00Z');
		const first = (await openRecall()).items.map(({ id }) => id);
		await answer();
		clock = new Date('2026-05-30T02:00:00Z');
		const second = await openRecall();
		expect(second.items.map(({ id }) => id)).toEqual(first);
		expect(second.attemptId).toBeNull();
		await answer();
		clock = new Date('2026-06-13T02:00:00Z');
		const third = (await openRecall()).items.map(({ id }) => id);
		expect(third.filter((id) => first.includes(id))).toEqual([]);
	});

	test('are for participants of the training, and end', async () => {
		clock = new Date('2026-05-25T02:00:00Z');
		await expect(recall(cast.yusuf)).rejects.toMatchObject({ code: 'forbidden' });
		clock = new Date('2026-08-25T02:00:00Z');
		expect(await recall()).toEqual({ kind: 'over' });
		await expect(
			answerRecall(app, course, cast.sri, {
				trainingId: cast.training.id,
				form: { formId: 'sheet', answers: {} }
			})
		).rejects.toMatchObject({ code: 'closed' });
	});
});
