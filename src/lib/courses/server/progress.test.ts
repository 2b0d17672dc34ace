import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { user } from '#lib/platform/server/db/schema/index.ts';
import { begunCourse, plannedLesson } from '../../../../tests/begun-course.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { findLesson, findModule } from '../course.ts';
import { nextInCourse } from '../progress.ts';
import { readCourse } from './content.ts';
import { findAttempt, handInQuiz, markLessonDone, progressOf } from './progress.ts';

const course = begunCourse(readCourse('content'));
const module = findModule(course, 'konsep-transformasi');
const planned = findModule(course, 'module-to-come');
const [firstLesson, secondLesson] = module.lessons;
if (!firstLesson || !secondLesson || !module.quiz) throw new Error('module A is not complete');
const rightAnswers = Object.fromEntries(
	module.quiz.items.map((item) => [item.id, rightAnswer(item)])
);
/** Two items wrong. */
const mostlyRight = { ...rightAnswers, QA1: 'a', QA2: 'a' };
/** Four items wrong: not passed. */
const hardlyRight = { ...mostlyRight, QA3: 'b', QA4: 'a' };

let app: TestApp;
let clock: Date;
let sri: Actor;
let budi: Actor;

beforeEach(async () => {
	clock = new Date('2026-05-22T03:00:00Z');
	app = await openTestApp({ now: () => clock });
	sri = await signedUp('sri');
	budi = await signedUp('budi');
});
afterEach(() => app.close());

async function signedUp(username: string): Promise<Actor> {
	const name = username;
	await app.db.write((tx) =>
		tx.insert(user).values({ id: username, username, name, createdAt: clock })
	);
	return { userId: username, username, name, sessionId: 's', grants: [], groupIds: [], asked: 0 };
}

const moduleA = async (who: Actor) => (await progressOf(app, course, who.userId))[0];
const handIn = (who: Actor | null, answers: Record<string, string>, formId = 'sheet') =>
	handInQuiz(app, who, module, { formId, answers });

describe('a lesson that is done', () => {
	test('counts for the one who did it, and for nobody else', async () => {
		await markLessonDone(app, sri, firstLesson);
		expect(await moduleA(sri)).toMatchObject({
			done: 1,
			lessons: 5,
			doneLessons: [firstLesson.slug],
			next: { kind: 'lesson', slug: secondLesson.slug }
		});
		expect(await moduleA(budi)).toMatchObject({ done: 0, next: { slug: firstLesson.slug } });
	});

	test('stays done, however often two phones say so', async () => {
		await Promise.all([
			markLessonDone(app, sri, firstLesson),
			markLessonDone(app, sri, firstLesson)
		]);
		await markLessonDone(app, sri, firstLesson);
		expect(await moduleA(sri)).toMatchObject({ done: 1 });
	});

	test('is not done by a guest', async () => {
		await expect(markLessonDone(app, null, firstLesson)).rejects.toMatchObject({
			code: 'unauthenticated'
		});
	});

	test('is asked for: a page that shows it has looked at who reads', async () => {
		await markLessonDone(app, sri, firstLesson);
		expect(sri.asked).toBeGreaterThan(0);
	});

	test('must be one of the course, and written', () => {
		const unknown = { code: 'not_found', messageKey: 'courses_refused_unknown_lesson' };
		expect(() => findLesson(module, 'tidak-ada')).toThrow(expect.objectContaining(unknown));
		expect(() => findLesson(planned, plannedLesson.slug)).toThrow(expect.objectContaining(unknown));
		expect(() => findModule(course, 'tidak-ada')).toThrow(
			expect.objectContaining({ code: 'not_found' })
		);
	});
});

describe('a quiz', () => {
	test('is graded on the server and can be read again', async () => {
		const { score, attemptId } = await handIn(sri, mostlyRight);
		expect(score).toEqual({ correct: 8, total: 10 });
		const asked = { moduleSlug: module.slug, attemptId };
		expect(await findAttempt(app, sri, asked)).toEqual({
			answers: mostlyRight,
			score: { correct: 8, total: 10 },
			at: clock,
			edition: module.edition
		});
	});

	test('is refused while a question is open, and nothing is kept', async () => {
		const { QA3: _, QA7: __, ...some } = rightAnswers;
		await expect(handIn(sri, some)).rejects.toMatchObject({
			code: 'invalid',
			messageKey: 'courses_refused_open_questions'
		});
		expect(await moduleA(sri)).toMatchObject({ quizBest: null });
	});

	test('is one attempt when the form is sent twice', async () => {
		const [one, other] = await Promise.all([handIn(sri, hardlyRight), handIn(sri, hardlyRight)]);
		clock = new Date('2026-05-23T03:00:00Z');
		const late = await handIn(sri, hardlyRight);
		expect(new Set([one.attemptId, other.attemptId, late.attemptId]).size).toBe(1);
		const asked = { moduleSlug: module.slug, attemptId: one.attemptId };
		expect((await findAttempt(app, sri, asked)).at).toEqual(new Date('2026-05-22T03:00:00Z'));
	});

	test('is a new attempt when somebody went back and changed an answer', async () => {
		const before = await handIn(sri, hardlyRight);
		const after = await handIn(sri, rightAnswers);
		expect(after.attemptId).not.toBe(before.attemptId);
		expect(after.score).toEqual({ correct: 10, total: 10 });
	});

	test('keeps the best score, which never falls', async () => {
		await handIn(sri, hardlyRight, 'first');
		expect(await moduleA(sri)).toMatchObject({ quizBest: { correct: 6 }, passed: false });
		await handIn(sri, mostlyRight, 'second');
		await handIn(sri, hardlyRight, 'third');
		expect(await moduleA(sri)).toMatchObject({ quizBest: { correct: 8, total: 10 }, passed: true });
		expect(await moduleA(budi)).toMatchObject({ quizBest: null, passed: false });
	});

	test('refuses answers to what was not asked', async () => {
		const invalid = { code: 'invalid', messageKey: 'questions_refused_unknown_answer' };
		await expect(handIn(sri, { ...rightAnswers, QB1: 'a' })).rejects.toMatchObject(invalid);
		await expect(handIn(sri, { ...rightAnswers, QA1: 'z' })).rejects.toMatchObject(invalid);
	});

	test('is not there before it is written, nor for a guest', async () => {
		await expect(
			handInQuiz(app, sri, planned, { formId: 'sheet', answers: {} })
		).rejects.toMatchObject({ code: 'not_found' });
		await expect(handIn(null, rightAnswers)).rejects.toMatchObject({ code: 'unauthenticated' });
	});

	test('shows an attempt to nobody but the one who made it', async () => {
		const { attemptId } = await handIn(sri, rightAnswers);
		await expect(
			findAttempt(app, budi, { moduleSlug: module.slug, attemptId })
		).rejects.toMatchObject({ code: 'not_found' });
		await expect(
			findAttempt(app, sri, { moduleSlug: planned.slug, attemptId })
		).rejects.toMatchObject({ code: 'not_found' });
	});

	test('sent by two people from the same sheet is an attempt of each', async () => {
		const one = await handIn(sri, rightAnswers);
		const other = await handIn(budi, rightAnswers);
		expect(one.attemptId).not.toBe(other.attemptId);
		expect(await moduleA(budi)).toMatchObject({ passed: true });
	});
});

describe('what is next', () => {
	test('goes lesson by lesson, then to the quiz, then nowhere', async () => {
		for (const lesson of module.lessons) {
			expect(await moduleA(sri)).toMatchObject({ next: { kind: 'lesson', slug: lesson.slug } });
			await markLessonDone(app, sri, lesson);
		}
		expect(await moduleA(sri)).toMatchObject({ next: { kind: 'quiz' } });
		await handIn(sri, rightAnswers);
		expect(await moduleA(sri)).toMatchObject({ next: null });
	});

	test('is never a lesson that cannot be read yet', async () => {
		const progress = await progressOf(app, course, sri.userId);
		expect(progress.slice(1).map(({ next }) => next)).toEqual([null]);
		expect(nextInCourse(course, progress)?.module.slug).toBe(module.slug);
	});
});
