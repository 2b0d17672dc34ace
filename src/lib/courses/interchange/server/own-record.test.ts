import mistakesIn from '@learninglocker/xapi-validation/dist/index.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { take } from '../../../../../tests/classroom.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../../../tests/people.ts';
import { questionsOf } from '../../quiz.ts';
import type { Quiz } from '../../course.ts';
import { readCourse } from '../../server/content.ts';
import { handInQuiz, markLessonDone, quizOf } from '../../server/progress.ts';
import { openTest } from '../../tests/server/windows.ts';
import { ownRecord } from './own-record.ts';
import type { Statement } from './statement.ts';

const course = readCourse('content');
const [module] = course.modules;
const lesson = module?.lessons[0];
if (!module || !lesson) throw new Error('the course is too short');

let app: TestApp;
let cast: Cast;
beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
});
afterEach(() => app.close());

const recordOf = async (who: Actor | null) => {
	const file = await ownRecord(app, course, who, 'https://rembuk.example');
	return JSON.parse(file.toString()) as Statement[];
};
const verbsOf = (told: readonly Statement[]) => told.map(({ verb }) => verb.display.en);

/** All right, or the first option everywhere. */
function answersTo(quiz: Quiz, wish: 'right' | 'wrong') {
	const questions = questionsOf(quiz.items, 'id');
	const first = ({ control, options, left }: (typeof questions)[number]) => {
		if (control === 'words') return 'entah';
		if (control === 'places') return options.map(({ key }) => key).join(' ');
		const [option = { key: 'a' }] = options;
		return control === 'pairs'
			? left.map(({ key }) => `${key}:${option.key}`).join(' ')
			: option.key;
	};
	return Object.fromEntries(
		quiz.items.map((item, at) => {
			const question = questions[at];
			return [item.id, wish === 'right' || !question ? rightAnswer(item) : first(question)];
		})
	);
}

describe('what somebody has learnt', () => {
	test('is told in valid statements: lessons, quizzes, tests', async () => {
		await markLessonDone(app, cast.sri, lesson);
		const quiz = quizOf(module);
		for (const wish of ['wrong', 'right'] as const) {
			const answers = answersTo(quiz, wish);
			await handInQuiz(app, cast.sri, module, { formId: wish, answers });
		}
		const which = { trainingId: cast.training.id, phase: 'pre' } as const;
		await openTest(app, course, cast.yusuf, which);
		await take(app, course, cast.sri, { ...which, right: 7 });
		const told = await recordOf(cast.sri);
		for (const statement of told) expect(mistakesIn(statement)).toEqual([]);
		expect(verbsOf(told).toSorted()).toEqual(['completed', 'completed', 'failed', 'passed']);
		expect(told[0]?.object).toMatchObject({
			id: `https://rembuk.example/belajar/${module.slug}/${lesson.slug}`,
			definition: { name: lesson.title }
		});
		const total = quiz.items.length;
		const passed = told.find(({ verb }) => verb.display.en === 'passed');
		expect(passed?.result).toMatchObject({ success: true, score: { raw: total, max: total } });
		expect(told.at(-1)?.result).toMatchObject({ score: { raw: 7, max: 20, scaled: 0.35 } });
		expect(new Set(told.map(({ id }) => id)).size).toBe(4);
		expect(await recordOf(cast.sri)).toEqual(told);
	});

	test('is one’s own alone, under an id and not a name', async () => {
		await markLessonDone(app, cast.sri, lesson);
		expect(await recordOf(cast.budi)).toEqual([]);
		const [own] = await recordOf(cast.sri);
		expect(own?.actor.account.name).toBe(cast.sri.userId);
		expect(JSON.stringify(own)).not.toMatch(/"sri"|Sri/);
		await expect(recordOf(null)).rejects.toMatchObject({ code: 'unauthenticated' });
	});
});
