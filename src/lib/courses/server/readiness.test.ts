import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { practiceAnswer } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { aPerson } from '../../../../tests/people.ts';
import { lessonKey, type Lesson } from '../course.ts';
import { prework } from '../progress.ts';
import { readCourse } from './content.ts';
import { atLesson } from './practice.ts';
import { markLessonDone } from './progress.ts';
import { FEWEST_PEOPLE } from '../few-people.ts';
import { preworkOf, weakSpots } from './readiness.ts';

const course = readCourse('content');
const before = prework(course);
const [easy, hard] = before;
if (!easy || !hard) throw new Error('two lessons before the session are needed');

let app: TestApp;
let people: Actor[];
let ids: string[];

beforeEach(async () => {
	app = await openTestApp();
	people = [];
	for (const name of ['Ana', 'Bana', 'Cana', 'Dana', 'Ena']) {
		people.push(await aPerson(app, { name }));
	}
	ids = people.map(({ userId }) => userId);
});
afterEach(() => app.close());

let attempts = 0;

/** As `practiseLesson` keeps it; the later ones at a later time. */
async function answer(who: Actor, lesson: Lesson, right: boolean): Promise<void> {
	const attemptId = `attempt ${++attempts}`;
	const at = new Date(app.now().getTime() + attempts);
	const rows = lesson.questions.map(({ id, version }) => ({
		attemptId,
		itemId: id,
		itemVersion: version,
		userId: who.userId,
		occasion: atLesson(lesson),
		answer: 'a',
		right,
		at
	}));
	await app.db.write((tx) => tx.insert(practiceAnswer).values(rows));
}

describe('the pre-work', () => {
	test('takes at most 45 minutes and is told person by person', async () => {
		const [ana] = people;
		if (!ana) throw new Error('nobody');
		await markLessonDone(app, ana, easy);
		const later = course.modules.flatMap(({ lessons }) => lessons).find((l) => l.phase === 'after');
		if (later) await markLessonDone(app, ana, later);
		const { lessons, done } = await preworkOf(app, course, ids);
		expect(lessons.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(45);
		expect([...done].map(([, keys]) => keys.size)).toEqual([1, 0, 0, 0, 0]);
		expect(done.get(ana.userId)).toEqual(new Set([lessonKey(easy)]));
	});
});

describe('the weakest objective', () => {
	test('is the one whose questions were answered worst at first', async () => {
		for (const who of people) {
			await answer(who, easy, who !== people[0]);
			await answer(who, hard, false);
			await answer(who, hard, true);
		}
		const spots = await weakSpots(app, course, ids, []);
		expect(spots.map(({ lesson }) => lesson.slug)).toEqual([hard.slug, easy.slug]);
		expect(spots[0]).toMatchObject({ rightPercent: 0, people: FEWEST_PEOPLE });
		expect(spots[1]?.rightPercent).toBe(80);
	});

	test('counts what the pre-test has shown', async () => {
		for (const who of people) await answer(who, easy, true);
		const preTest = ids.map((userId) => ({ userId, objective: lessonKey(hard), right: false }));
		const spots = await weakSpots(app, course, ids, preTest);
		expect(spots.map(({ lesson }) => lesson.slug)).toEqual([hard.slug]);
	});

	test('is not named while fewer than five have answered, nor from other people’s answers', async () => {
		for (const who of people.slice(1)) await answer(who, hard, false);
		expect(await weakSpots(app, course, ids, [])).toEqual([]);
		const [first] = people;
		if (first) await answer(first, hard, false);
		expect(await weakSpots(app, course, ids, [])).toHaveLength(1);
		expect(await weakSpots(app, course, ids.slice(1), [])).toEqual([]);
		expect(await weakSpots(app, course, [], [])).toEqual([]);
	});
});
