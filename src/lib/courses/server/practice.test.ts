import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { practiceAnswer, user } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { readCourse } from './content.ts';
import { atLesson, findPractice, practiseLesson } from './practice.ts';

const [module] = readCourse('content').modules;
const lesson = {
	moduleSlug: 'modul',
	slug: 'pelajaran',
	questions: module?.quiz?.items.slice(0, 2) ?? []
};
const [one, other] = lesson.questions;
const answers = { QA1: 'b', QA2: 'a' };

let app: TestApp;
let sri: Actor;
let budi: Actor;

beforeEach(async () => {
	app = await openTestApp();
	sri = await signedUp('sri');
	budi = await signedUp('budi');
});
afterEach(() => app.close());

async function signedUp(username: string): Promise<Actor> {
	const row = { id: username, username, name: username, createdAt: app.now() };
	await app.db.write((tx) => tx.insert(user).values(row));
	const who = { userId: username, username, name: username, sessionId: 's' };
	return { ...who, grants: [], groupIds: [], asked: 0 };
}

const practise = (who: Actor | null, given: Record<string, string> = answers, formId = 'sheet') =>
	practiseLesson(app, who, lesson, { formId, answers: given });
const kept = () => app.db.read.select().from(practiceAnswer).orderBy(practiceAnswer.itemId);

describe('the questions at the end of a lesson', () => {
	test('are kept with the wording they had, and whether they were right', async () => {
		await practise(sri);
		expect(await kept()).toMatchObject([
			{ itemId: 'QA1', itemVersion: one?.version, userId: 'sri', answer: 'b', right: true },
			{
				itemId: 'QA2',
				itemVersion: other?.version,
				occasion: 'lesson/modul/pelajaran',
				right: false
			}
		]);
	});

	test('are kept once when the form is sent twice, from two phones at once', async () => {
		const both = await Promise.all([practise(sri), practise(sri)]);
		await practise(sri);
		expect(new Set(both.map(({ attemptId }) => attemptId)).size).toBe(1);
		expect(await kept()).toHaveLength(2);
	});

	test('are kept again when somebody goes back and answers otherwise', async () => {
		await practise(sri);
		await practise(sri, { ...answers, QA2: 'c' });
		await practise(sri, answers, 'another sheet');
		expect(await kept()).toHaveLength(6);
	});

	test('can be looked at again by the one who answered, and by nobody else', async () => {
		const { attemptId } = await practise(sri);
		const asked = { occasion: atLesson(lesson), items: lesson.questions, attemptId };
		expect(await findPractice(app, sri, asked)).toEqual({ items: lesson.questions, answers });
		const hidden = { code: 'not_found' };
		await expect(findPractice(app, budi, asked)).rejects.toMatchObject(hidden);
		const elsewhere = { ...asked, occasion: 'lesson/modul/lain' };
		await expect(findPractice(app, sri, elsewhere)).rejects.toMatchObject(hidden);
	});

	test('are not explained by other words than those they were given to', async () => {
		const { attemptId } = await practise(sri);
		const [first, second] = lesson.questions;
		if (!first || !second) throw new Error('two questions are needed');
		const reworded = { ...first, version: first.version + 1 };
		const asked = { occasion: atLesson(lesson), items: [reworded, second], attemptId };
		expect(await findPractice(app, sri, asked)).toMatchObject({ items: [second] });
	});

	test.each([
		['a question left open', { QA1: 'b' }],
		['an option that is not there', { ...answers, QA1: 'z' }],
		['a question of another lesson', { ...answers, QA3: 'a' }]
	])('are refused with %s, and nothing is kept', async (_, given) => {
		await expect(practise(sri, given)).rejects.toMatchObject({ code: 'invalid' });
		expect(await kept()).toEqual([]);
	});

	test('are for people who are signed in, and go with them', async () => {
		await expect(practise(null)).rejects.toMatchObject({ code: 'unauthenticated' });
		await practise(sri);
		await practise(budi);
		await app.db.write((tx) => tx.delete(user).where(eq(user.id, 'sri')));
		expect((await kept()).map(({ userId }) => userId)).toEqual(['budi', 'budi']);
	});
});
