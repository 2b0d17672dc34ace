import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditEntry } from '#lib/platform/server/db/schema/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import type { Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { aPerson, aTraining, type Cast } from '../../../../../tests/people.ts';
import { findLesson, findModule, lessonKey, type Course } from '../../course.ts';
import { readCourse } from '../../server/content.ts';
import { findPractice, atLesson, practiseLesson } from '../../server/practice.ts';
import { handInQuiz, quizOf } from '../../server/progress.ts';
import { LARGEST_FILE_BYTES, MOST_ROWS } from '../prepare.ts';
import { askItemIn, importItems, readBank, tryImport } from './bank.ts';
import { exampleFiles } from './examples.ts';
import { liveCourse } from './live-course.ts';

const files = readCourse('content');
const [module] = files.modules;
const [firstLesson, secondLesson] = module?.lessons ?? [];
if (!module || !firstLesson || !secondLesson) throw new Error('the course is too short');
const lesson = lessonKey(firstLesson);
const other = lessonKey(secondLesson);

let app: TestApp;
let cast: Cast;
let now: () => Promise<Course>;
beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	now = await liveCourse(app, files);
});
afterEach(() => app.close());

const gift = (text: string, name = 'soal.gift') => ({ name, text, lesson });
const three = gift(
	[
		'::satu::Membaca itu hak. {T####Lihat pelajarannya.}',
		`$CATEGORY: modul/${secondLesson.title.id}`,
		'Siapa mitra? {=Kader ~Nobita}',
		'',
		'Singkatan kelompok informasi? {=KIM}'
	].join('\n')
);
const attempt = (file = three, who: Actor | null = cast.bambang) =>
	tryImport(app, files, who, file);
const take = (file = three, who: Actor | null = cast.bambang) => importItems(app, files, who, file);
const bank = () => readBank(app, cast.bambang);
const ask = async (id: string, place: 'nowhere' | 'lesson' | 'quiz') =>
	askItemIn(app, await now(), cast.bambang, { id, place });

describe('a file of questions', () => {
	test('is looked at first, and nothing is kept by looking', async () => {
		const tried = await attempt();
		expect(tried).toMatchObject({ kind: 'gift', fresh: 3, withProblems: 0 });
		expect(tried.rows.map(({ line, objective }) => [line, objective])).toEqual([
			[1, lesson],
			[3, other],
			[5, other]
		]);
		expect(await bank()).toEqual([]);
	});

	test('comes in whole when it is agreed to, asked nowhere yet', async () => {
		expect(await take()).toEqual({ added: 3 });
		const items = await bank();
		expect(items.map(({ item, askedIn }) => [item.kind, item.objective, askedIn])).toEqual([
			['truefalse', lesson, 'nowhere'],
			['single', other, 'nowhere'],
			['short', other, 'nowhere']
		]);
		expect(new Set(items.map(({ item }) => item.id)).size).toBe(3);
		expect(items[0]?.item).toMatchObject({
			version: 1,
			question: { id: 'Membaca itu hak.', en: 'Membaca itu hak.' },
			explanation: { id: 'Lihat pelajarannya.' }
		});
		expect(await now()).toBe(files);
	});

	test('comes in once, however often it is sent, also by two people at once', async () => {
		const twice = await Promise.all([take(), take()]);
		expect(twice.map(({ added }) => added).toSorted()).toEqual([0, 3]);
		expect(await take()).toEqual({ added: 0 });
		expect(await bank()).toHaveLength(3);
		const tried = await attempt(gift(`${three.text}\n\nBaru? {T}\n\nBaru? {T}`));
		expect(tried.rows.map(({ twin }) => twin)).toEqual(['bank', 'bank', 'bank', null, 'file']);
		expect(tried.fresh).toBe(1);
	});

	test('with one bad question brings nothing at all, and says which', async () => {
		const spoilt = gift(`${three.text}\n\nCeritakan! {}`);
		const tried = await attempt(spoilt);
		expect(tried).toMatchObject({ fresh: 0, withProblems: 1 });
		expect(tried.rows.at(-1)).toMatchObject({ line: 7, problems: [{ code: 'essay' }] });
		await expect(take(spoilt)).rejects.toMatchObject({
			code: 'invalid',
			messageKey: 'courses_refused_import_problems'
		});
		expect(await bank()).toEqual([]);
	});

	test('beyond the limits is refused with the limit, before anything is read', async () => {
		const large = gift(`// ${'x'.repeat(LARGEST_FILE_BYTES)}`);
		await expect(attempt(large)).rejects.toMatchObject({
			code: 'too_large',
			messageKey: 'courses_refused_import_large'
		});
		const many = Array.from({ length: MOST_ROWS + 1 }, (_, n) => `Soal ${n}? {T}`).join('\n\n');
		await expect(take(gift(many))).rejects.toMatchObject({
			code: 'too_large',
			messageKey: 'courses_refused_import_rows',
			details: { n: MOST_ROWS + 1, most: MOST_ROWS }
		});
		expect(await bank()).toEqual([]);
	});

	test.each<[string, string, string]>([
		['no letter in it', '', 'courses_refused_import_empty'],
		['letters that are not UTF-8', 'Caf\ufffd? {T}', 'courses_refused_import_letters'],
		['a NUL', 'Apa\0? {T}', 'courses_refused_import_letters']
	])('with %s is refused', async (_, text, messageKey) => {
		await expect(attempt(gift(text))).rejects.toMatchObject({ code: 'invalid', messageKey });
	});

	test('may be a table, whose columns must be there', async () => {
		const table = (text: string) => attempt({ name: 'soal.CSV', text, lesson });
		await expect(table('nama,umur\nSri,40')).rejects.toMatchObject({
			messageKey: 'courses_refused_import_columns'
		});
		await expect(table('jenis,pertanyaan,jawaban\nisian,"Apa?,x')).rejects.toMatchObject({
			messageKey: 'courses_refused_import_quotes'
		});
		const tried = await table('jenis,pertanyaan,jawaban\nisian,Apa?,KIM');
		expect(tried).toMatchObject({ kind: 'csv', fresh: 1 });
	});

	test('goes to a lesson that exists', async () => {
		await expect(attempt({ ...three, lesson: 'tidak/ada' })).rejects.toMatchObject({
			messageKey: 'courses_refused_import_lesson'
		});
		const lost = await attempt(gift('$CATEGORY: Entah\nApa? {T}'));
		expect(lost.rows[0]).toMatchObject({ objective: lesson });
		expect(lost.rows[0]?.notes).toContain('other_place');
	});

	test('is for those who keep the course of the country', async () => {
		const kepala = await aPerson(app, {
			name: 'Kepala',
			grants: [{ role: 'admin', scope: { kind: 'nation' } }]
		});
		expect(await take(three, kepala)).toEqual({ added: 3 });
		for (const who of [cast.sri, cast.yusuf, cast.ani, null]) {
			await expect(attempt(three, who)).rejects.toMatchObject({ code: 'forbidden' });
			await expect(take(three, who)).rejects.toMatchObject({ code: 'forbidden' });
			await expect(readBank(app, who)).rejects.toMatchObject({ code: 'forbidden' });
			await expect(askItemIn(app, files, who, { id: 'IM1', place: 'quiz' })).rejects.toMatchObject({
				code: 'forbidden'
			});
		}
		const deeds = await app.db.read.select().from(auditEntry);
		expect(deeds.map(({ action }) => action)).toContain('bank.imported');
	});
});

describe('the examples', () => {
	test('can be brought in as they are', async () => {
		for (const { name, content } of exampleFiles(files, cast.bambang)) {
			const tried = await attempt({ name, text: content.toString(), lesson });
			expect(tried.withProblems, name).toBe(0);
			expect(tried.fresh, name).toBe(name.endsWith('.csv') ? 7 : 6);
		}
	});
});

describe('a question that was brought in', () => {
	test('is asked at the end of its lesson, answered and explained', async () => {
		await take();
		const [entry] = await bank();
		const id = entry?.item.id ?? '';
		await ask(id, 'lesson');
		const changed = findModule(await now(), module.slug);
		const asked = findLesson(changed, firstLesson.slug);
		expect(asked.questions.map((item) => item.id)).toEqual([
			...firstLesson.questions.map((item) => item.id),
			id
		]);
		const answers = Object.fromEntries(asked.questions.map((item) => [item.id, rightAnswer(item)]));
		const form = { formId: newId(), answers };
		const { attemptId } = await practiseLesson(app, cast.sri, asked, form);
		const occasion = { occasion: atLesson(asked), items: asked.questions };
		const found = await findPractice(app, cast.sri, { ...occasion, attemptId });
		expect(found.items.at(-1)?.id).toBe(id);
		expect(found.answers[id]).toBe('a');
	});

	test('is asked in the quiz of its module, and the module has a new edition', async () => {
		await take();
		const [, entry] = await bank();
		const id = entry?.item.id ?? '';
		await ask(id, 'quiz');
		const changed = findModule(await now(), module.slug);
		const quiz = quizOf(changed);
		expect(quiz.items.at(-1)?.id).toBe(id);
		expect(changed.edition).not.toBe(module.edition);
		const right = Object.fromEntries(quiz.items.map((item) => [item.id, rightAnswer(item)]));
		const { score } = await handInQuiz(app, cast.sri, changed, { formId: newId(), answers: right });
		expect(score).toEqual({ correct: quiz.items.length, total: quiz.items.length });
		await ask(id, 'nowhere');
		expect(await now()).toBe(files);
	});

	test('never joins the tests that measure', async () => {
		await take();
		for (const { item } of await bank()) await ask(item.id, 'quiz');
		expect((await now()).test).toBe(files.test);
	});

	test('waits when its lesson asks enough already', async () => {
		const many = Array.from({ length: 10 }, (_, n) => `Soal ${n}? {T}`).join('\n\n');
		await take(gift(many));
		const ids = (await bank()).map(({ item }) => item.id);
		const free = 6 - firstLesson.questions.length;
		for (const id of ids.slice(0, free)) await ask(id, 'lesson');
		const next = ids[free] ?? '';
		await expect(ask(next, 'lesson')).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_bank_full_lesson'
		});
		expect(
			findLesson(findModule(await now(), module.slug), firstLesson.slug).questions
		).toHaveLength(6);
		await expect(ask('IM999', 'quiz')).rejects.toMatchObject({ code: 'not_found' });
		await expect(ask('LA101', 'quiz')).rejects.toMatchObject({ code: 'not_found' });
	});

	test('is asked by every process on the same database', async () => {
		await take();
		const [entry] = await bank();
		await ask(entry?.item.id ?? '', 'lesson');
		const elsewhere = await liveCourse(app, files);
		expect(findModule(await elsewhere(), module.slug).edition).not.toBe(module.edition);
	});
});
