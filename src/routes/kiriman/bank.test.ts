import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCourse } from '#lib/courses/server/content.ts';
import { courseWith } from '#lib/courses/bank/server/course-with.ts';
import { lessonKey, type Course, type CourseItem } from '#lib/courses/course.ts';
import { progressOf } from '#lib/courses/server/progress.ts';
import type { Operation } from '#lib/platform/operations.ts';
import { carryOut } from '#lib/platform/server/operations.ts';
import { shownAs } from '#lib/questions/items/answers.ts';
import { askItem, rightAnswer } from '#lib/questions/items/kinds.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../tests/people.ts';
import { kinds } from './kinds.ts';

const files = readCourse('content');
const [module] = files.modules;
const lesson = module?.lessons[0];
if (!module?.quiz || !lesson) throw new Error('the course is too short');
const quiz = module.quiz;

const item: CourseItem = {
	id: 'IM1',
	version: 1,
	kind: 'truefalse',
	objective: lessonKey(lesson),
	question: { id: 'Benar?', en: 'True?' },
	explanation: { id: 'Ya.', en: 'Yes.' },
	options: { id: { a: 'Benar', b: 'Salah' }, en: { a: 'True', b: 'False' } },
	answer: 'a'
};
const withMore = courseWith(files, [{ item, askedIn: 'quiz' }]);

let app: TestApp;
let cast: Cast;
beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
});
afterEach(() => app.close());

const answered = (items: readonly CourseItem[]): Operation['fields'] => [
	['lembar', 'sheet'],
	...items.flatMap((each) => {
		const shown = shownAs(askItem(each, 'id'), rightAnswer(each));
		return Object.entries(shown).flatMap(([field, values]) =>
			values.map((value) => [field, value] as const)
		);
	})
];

let made = 0;
function arrive(course: Course, fields: Operation['fields']) {
	made++;
	const operation = {
		id: `op${made}`,
		outbox: 'phone',
		seq: made,
		kind: 'quiz.handIn',
		subject: module?.slug ?? '',
		fields
	};
	return carryOut(app, cast.sri.userId, operation, (inside, before) => {
		const handIn = kinds.get('quiz.handIn');
		if (!handIn) throw new Error('no such kind');
		return handIn({ app: inside, actor: cast.sri, course, locale: 'id', operation, before });
	});
}
const best = async () => (await progressOf(app, files, cast.sri.userId))[0]?.quizBest;

describe('a quiz that was answered on a phone', () => {
	test('counts without a question that was added since', async () => {
		await arrive(withMore, answered(quiz.items));
		expect(await best()).toEqual({ correct: quiz.items.length, total: quiz.items.length });
	});

	test('counts without one that is asked no more', async () => {
		await arrive(files, answered([...quiz.items, item]));
		expect(await best()).toEqual({ correct: quiz.items.length, total: quiz.items.length });
	});

	test('counts with one that its page asked', async () => {
		await arrive(withMore, answered([...quiz.items, item]));
		const total = quiz.items.length + 1;
		expect(await best()).toEqual({ correct: total, total });
	});

	test('is not complete without a question of the files', async () => {
		await expect(arrive(withMore, answered(quiz.items.slice(1)))).rejects.toMatchObject({
			code: 'invalid'
		});
	});
});
