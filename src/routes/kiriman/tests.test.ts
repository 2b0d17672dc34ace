import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCourse } from '#lib/courses/server/content.ts';
import { notesOn } from '#lib/courses/server/notebook.ts';
import { ownTest, startTest } from '#lib/courses/tests/server/taking.ts';
import { closeTest, openTest } from '#lib/courses/tests/server/windows.ts';
import type { Operation } from '#lib/platform/operations.ts';
import { carryOut } from '#lib/platform/server/operations.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../tests/people.ts';
import { versionOf } from '../../../tests/wordings.ts';
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
const wording = (itemId: string) => String(versionOf(course, itemId));
const answering = (itemId: string, answer: string) =>
	queued('test.answer', `${testId}/${itemId}`, [
		['version', wording(itemId)],
		['answer', answer]
	]);
const handingIn = (answers: readonly [string, string][]) =>
	queued(
		'test.handIn',
		testId,
		answers.map(([id, answer]) => [id, `${wording(id)} ${answer}`])
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
		expect(await arrive(answering('TA1', 'c'))).toMatchObject({ state: 'saved', late: true });
		expect(await arrive(handingIn([['TA2', 'b']]))).toHaveProperty('to');
		const test = await own();
		expect(test).toMatchObject({ late: true, score: null });
		expect(test?.answers.size).toBe(2);
	});

	test('says which answer stands when another device has given a newer one', async () => {
		const seeing = (seen: string) =>
			queued('test.answer', `${testId}/TA1`, [
				['version', wording('TA1')],
				['seen', seen],
				['answer', 'a']
			]);
		const other = { ...answering('TA1', 'c'), outbox: 'tablet' };
		const { seen } = await arrive(other);
		expect(await arrive(seeing('0'))).toEqual({ state: 'newer', late: false, answer: 'c', seen });
		expect(await arrive(seeing(String(seen)))).toMatchObject({ state: 'saved', answer: 'a' });
	});

	test('names in its result what a newer answer stands for', async () => {
		await arrive({ ...answering('TA1', 'c'), outbox: 'tablet' });
		const sheet = queued('test.handIn', testId, [
			['TA1', `${wording('TA1')}.0 a`],
			['TA2', `${wording('TA2')}.0 b`]
		]);
		expect(await arrive(sheet)).toEqual({
			to: `/pelatihan/${cast.training.id}/tes/awal?lain=TA1`
		});
	});

	test('takes no answer to what was not asked', async () => {
		await expect(arrive(answering('TB1', 'a'))).rejects.toMatchObject({ code: 'invalid' });
		await expect(arrive(answering('TA1', 'z'))).rejects.toMatchObject({ code: 'invalid' });
		await expect(arrive(queued('test.handIn', testId, [['TA1', 'c']]))).rejects.toMatchObject({
			code: 'invalid'
		});
	});
});

describe('a sheet in the queue of a phone', () => {
	const [tool] = course.tools;
	const subject = `alat/${tool?.slug ?? ''}`;
	const filling = (text: string, revisi = '0') =>
		queued('tool.save', subject, [
			['revisi', revisi],
			['text: Nama', text]
		]);
	const stored = async () => (await notesOn(app, cast.sri, [subject]))[0];

	test('is kept as its note, and what this phone wrote before it has seen', async () => {
		expect(await arrive(filling('satu'))).toEqual({ revision: 1, setAside: false });
		expect(await arrive(filling('dua'))).toEqual({ revision: 2, setAside: false });
		expect((await stored())?.text).toBe('{"text: Nama":"dua"}');
	});

	test('does not overwrite unseen what another device wrote', async () => {
		await arrive({ ...filling('di tablet'), outbox: 'tablet' });
		expect(await arrive(filling('di HP'))).toEqual({ revision: 2, setAside: true });
		expect((await stored())?.setAside).toMatchObject([{ text: '{"text: Nama":"di tablet"}' }]);
	});

	test('takes no field that no sheet has, and no sheet that is not there', async () => {
		const stranger = queued('tool.save', subject, [
			['revisi', '0'],
			['peran', 'admin']
		]);
		await expect(arrive(stranger)).rejects.toMatchObject({ code: 'invalid' });
		const nowhere = { ...filling('x'), subject: 'alat/tidak-ada' };
		await expect(arrive(nowhere)).rejects.toMatchObject({ code: 'not_found' });
	});
});
