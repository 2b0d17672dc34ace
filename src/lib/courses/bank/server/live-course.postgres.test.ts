import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
	newDatabase,
	openTestApp,
	type TestApp,
	type TestDatabase
} from '../../../../../tests/open-app.ts';
import { aReviewer } from '../../../../../tests/people.ts';
import { lessonKey } from '../../course.ts';
import { readCourse } from '../../server/content.ts';
import { askItemIn, importItems, readBank } from './bank.ts';
import { liveCourse } from './live-course.ts';

const files = readCourse('content');
const lesson = files.modules[0]?.lessons[0];
if (!lesson) throw new Error('no lesson');

let database: TestDatabase;
let here: TestApp;
let there: TestApp;
beforeEach(async () => {
	database = await newDatabase();
	here = await openTestApp({ databaseUrl: database.url });
	there = await openTestApp({ databaseUrl: database.url });
});
afterEach(async () => {
	await here.close();
	await there.close();
	await database.drop();
});

test('what is asked on one process is asked on the others', async () => {
	const bambang = await aReviewer(here, 'Bambang');
	const asked = await liveCourse(here, files);
	const elsewhere = await liveCourse(there, files);
	const file = { name: 'soal.gift', text: 'Membaca itu hak. {T}', lesson: lessonKey(lesson) };
	await importItems(here, files, bambang, file);
	const [entry] = await readBank(here, bambang);
	const id = entry?.item.id ?? '';
	await askItemIn(here, await asked(), bambang, { id, place: 'quiz' });
	await vi.waitFor(async () => {
		const course = await elsewhere();
		expect(course.modules[0]?.quiz?.items.at(-1)?.id).toBe(id);
	}, 5_000);
});
