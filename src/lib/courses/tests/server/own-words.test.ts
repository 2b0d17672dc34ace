/** Where somebody's own words go that were written in a test, and who may go on with one. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testOperation, testTally } from '#lib/platform/server/db/schema/index.ts';
import { decline } from '#lib/trainings/server/joining.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { actorFor, aTraining, type Cast } from '../../../../../tests/people.ts';
import type { Course, CourseItem } from '../../course.ts';
import { readCourse } from '../../server/content.ts';
import type { TestAnswer } from './keeping.ts';
import { statementsOf } from './statements.ts';
import { handInTest, saveTestAnswer, startTest } from './taking.ts';
import { openTest } from './windows.ts';

const asked: CourseItem = {
	id: 'TX1',
	version: 1,
	kind: 'short',
	objective: 'advokasi/apa-itu',
	question: { id: 'Siapa yang diajak bicara?', en: 'Who is spoken to?' },
	answer: { id: ['kepala desa'], en: ['village head'] },
	explanation: { id: 'Kepala desa.', en: 'The village head.' }
};
const course: Course = { ...readCourse('content'), test: { A: [asked], B: [asked] } };

let app: TestApp;
let cast: Cast;
beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	await openTest(app, course, cast.yusuf, which());
});
afterEach(() => app.close());

const which = () => ({ trainingId: cast.training.id, phase: 'pre' as const });
const begin = async (who = cast.sri) => (await startTest(app, course, who, which())).testId;

let made = 0;
const written = (answer: string): TestAnswer => ({
	...{ itemId: asked.id, itemVersion: 1, answer, device: 'hp' },
	operationId: `op-${++made}`,
	sequence: made
});

test('what somebody wrote is counted over the country as right or as other words', async () => {
	const [hers, his] = [await begin(), await begin(cast.budi)];
	await handInTest(app, course, cast.sri, { testId: hers, answers: [written('Kepala Desa')] });
	const own = { testId: his, answers: [written('Pak Budi di sebelah rumah')] };
	await handInTest(app, course, cast.budi, own);
	const tallies = await app.db.read.select({ answer: testTally.answer }).from(testTally);
	expect(tallies.map(({ answer }) => answer).sort()).toEqual(['…', '✓'].sort());
});

test('what somebody wrote is in no statement for another system', () => {
	const answer = 'Pak Budi di sebelah rumah';
	const given = { itemId: asked.id, itemVersion: 1, objective: asked.objective };
	const counted = {
		...{ attemptId: 'x', phase: 'pre' as const, score: { correct: 0, total: 1 } },
		answers: [{ ...given, answer, right: false }]
	};
	const told = {
		...{ site: 'https://rembuk.example', trainingId: 't', title: 'Bimtek' },
		endedAt: { pre: new Date(0), post: new Date(0) },
		items: new Map([[asked.id, asked]])
	};
	const statements = statementsOf([counted], told);
	expect(statements).toHaveLength(2);
	expect(JSON.stringify(statements)).not.toContain('Budi');
});

test('whoever was taken out of the training cannot go on with its test', async () => {
	const testId = await begin();
	await decline(app, cast.yusuf, cast.training.id, cast.sri.userId);
	const sri = await actorFor(app, cast.sri.userId);
	const gone = { code: 'not_found' };
	const answer = written('kepala desa');
	await expect(saveTestAnswer(app, course, sri, { testId, ...answer })).rejects.toMatchObject(gone);
	await expect(handInTest(app, course, sri, { testId })).rejects.toMatchObject(gone);
});

test('a queue gone wild stops at more changes than anybody makes', async () => {
	const testId = await begin();
	const receivedAt = app.now();
	for (let from = 0; from < 2_000; from += 500) {
		const some = Array.from({ length: 500 }, () => written('desa'));
		const rows = some.map((row) => ({ ...row, attemptId: testId, right: false, receivedAt }));
		await app.db.write((tx) => tx.insert(testOperation).values(rows));
	}
	const more = saveTestAnswer(app, course, cast.sri, { testId, ...written('kepala desa') });
	await expect(more).rejects.toMatchObject({ code: 'too_many' });
	expect(await app.db.read.$count(testOperation)).toBe(2_000);
});
