import mistakesIn from '@learninglocker/xapi-validation/dist/index.js';
import readXlsxFile from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { readCsv } from '#lib/platform/csv.ts';
import { auditEntry } from '#lib/platform/server/db/schema/index.ts';
import { participant, take } from '../../../../../tests/classroom.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { anOfficer, aTraining, type Cast } from '../../../../../tests/people.ts';
import { lessonKey } from '../../course.ts';
import type { Statement } from '../../interchange/server/statement.ts';
import { readCourse } from '../../server/content.ts';
import type { TestPhase } from '../test.ts';
import { resultFiles, takeResultFile, type ResultFileName } from './result-files.ts';
import { closeTest, openTest } from './windows.ts';

const course = readCourse('content');
const site = 'https://rembuk.example';
/** The training ends on 22 May; its tests can be opened for another week. */
const THAT_WEEK = new Date('2026-05-22T03:00:00Z');
const AFTERWARDS = new Date('2026-05-29T17:00:00Z');

let app: TestApp;
let cast: Cast;
let now: Date;
beforeEach(async () => {
	now = THAT_WEEK;
	app = await openTestApp({ now: () => now });
	cast = await aTraining(app);
});
afterEach(() => app.close());

const which = (phase: TestPhase) => ({ trainingId: cast.training.id, phase });
const taking = () => ({ trainingId: cast.training.id, language: 'id' as const, site });
const read = (who: Actor = cast.yusuf) => resultFiles(app, course, who, taking());
const names = async (who: Actor = cast.yusuf) => (await read(who)).files.map(({ name }) => name);
const get = async (name: ResultFileName, who: Actor = cast.yusuf) =>
	(await takeResultFile(app, course, who, { ...taking(), name })).content;
const statements = async () => JSON.parse((await get('xapi.json')).toString()) as Statement[];

/** So many people take both tests: the first questions right, two more of them afterwards. */
async function aClass(size: number): Promise<Actor[]> {
	const people: Actor[] = [];
	for (let at = 0; at < size; at++) {
		people.push(await participant(app, cast.training.id, { id: `p${at}`, name: `=Peserta ${at}` }));
	}
	for (const phase of ['pre', 'post'] as const) {
		await openTest(app, course, cast.yusuf, which(phase));
		for (const [at, who] of people.entries()) {
			const right = 8 + at + (phase === 'post' ? 2 : 0);
			await take(app, course, who, { ...which(phase), right });
		}
	}
	await closeTest(app, cast.yusuf, which('post'));
	return people;
}

describe('the results of a class', () => {
	test('are read again from the workbook as they were, numbers as numbers', async () => {
		await aClass(5);
		const sheets = await readXlsxFile(await get('hasil-kelas.xlsx'));
		expect(sheets.map(({ sheet }) => sheet)).toEqual([
			'Ringkasan',
			'Per pelajaran',
			'Daftar kirim'
		]);
		const [summary, lessons] = sheets.map(({ data }) => data);
		expect(summary).toContainEqual(['Peserta', 7, null]);
		expect(summary).toContainEqual(['Mengirim kedua tes', 5, null]);
		expect(summary).toContainEqual(['Tes awal: rata-rata benar', 0.5, 'n = 5']);
		expect(summary).toContainEqual(['Tes akhir: rata-rata benar', 0.6, 'n = 5']);
		expect(summary).toContainEqual(['Selisih (poin persen)', 10, 'n = 5']);
		const [first] = course.modules;
		const asked = lessons?.find((row) => row[1] === first?.lessons[0]?.title.id);
		expect(asked?.slice(0, 6)).toEqual([
			first?.title.id,
			first?.lessons[0]?.title.id,
			1,
			expect.any(Number),
			1,
			5
		]);
	});

	test('are the same in the table of lessons, shares from 0 to 1', async () => {
		await aClass(5);
		const rows = readCsv((await get('hasil-per-pelajaran.csv')).toString());
		expect(rows?.[0]?.cells.slice(0, 3)).toEqual(['Modul', 'Pelajaran', 'Tes awal: benar']);
		const asked = new Set(course.test?.A.map(({ objective }) => objective));
		expect(rows).toHaveLength(asked.size + 1);
		for (const { cells } of rows?.slice(1) ?? []) {
			expect(Number(cells[2])).toBeGreaterThanOrEqual(0);
			expect(Number(cells[2])).toBeLessThanOrEqual(1);
		}
	});

	test('tell nothing of fewer than five people', async () => {
		await aClass(4);
		const rows = readCsv((await get('hasil-per-pelajaran.csv')).toString());
		expect(rows).toHaveLength(1);
		const [summary] = await readXlsxFile(await get('hasil-kelas.xlsx'));
		const means = summary?.data.filter((row) => String(row[0]).endsWith('rata-rata benar'));
		expect(means?.map((row) => row[1])).toEqual([null, null]);
	});
});

describe('the list of hand-ins', () => {
	test('names who has handed in, and no spreadsheet runs a name', async () => {
		await participant(app, cast.training.id, { id: 'p0', name: '=HYPERLINK("http://x")' });
		await openTest(app, course, cast.yusuf, which('pre'));
		await take(app, course, cast.sri, { ...which('pre'), right: 3 });
		const csv = (await get('daftar-kirim.csv')).toString();
		const rows = readCsv(csv)?.map(({ cells }) => cells) ?? [];
		expect(rows).toContainEqual([expect.any(String), 'Sri', 'Sudah mengirim', 'Belum mulai']);
		expect(csv).not.toMatch(/(^|,)"?=/m);
	});

	test('is for those who follow the training; others get the class alone', async () => {
		expect(await names()).toEqual([
			'hasil-kelas.xlsx',
			'hasil-per-pelajaran.csv',
			'daftar-kirim.csv'
		]);
		expect(await names(cast.ani)).toContain('daftar-kirim.csv');
		const ofPerpusnas = await read(cast.bambang);
		expect(ofPerpusnas.withheld).toBe('not yours');
		expect(ofPerpusnas.files.map(({ name }) => name)).toEqual([
			'hasil-kelas.xlsx',
			'hasil-per-pelajaran.csv'
		]);
		const sheets = await readXlsxFile(await get('hasil-kelas.xlsx', cast.bambang));
		expect(JSON.stringify(sheets)).not.toContain('Sri');
		await expect(get('daftar-kirim.csv', cast.bambang)).rejects.toMatchObject({
			code: 'not_found'
		});
		await expect(get('xapi.json', cast.bambang)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('is nobody else’s, and every file that is taken is in the audit log', async () => {
		await expect(read(cast.sri)).rejects.toMatchObject({ code: 'forbidden' });
		const elsewhere = await anOfficer(app, 'Rina', '16');
		await expect(read(elsewhere)).rejects.toMatchObject({ code: 'not_found' });
		await get('daftar-kirim.csv');
		await read();
		const deeds = await app.db.read.select().from(auditEntry);
		const taken = deeds.filter(({ action }) => action.startsWith('test.results.taken'));
		expect(taken).toEqual([
			expect.objectContaining({
				actorId: cast.yusuf.userId,
				action: 'test.results.taken.daftar-kirim.csv',
				object: `training:${cast.training.id}`
			})
		]);
	});
});

describe('statements for a learning record store', () => {
	test('wait until the tests cannot change any more', async () => {
		await aClass(5);
		expect(await read()).toMatchObject({ withheld: 'not yet', statementsFrom: '2026-05-30' });
		now = AFTERWARDS;
		expect(await read()).toMatchObject({ withheld: null });
		expect(await names()).toContain('xapi.json');
	});

	test('are valid by the rules of xAPI, one for each answer and each test', async () => {
		await aClass(5);
		now = AFTERWARDS;
		const told = await statements();
		for (const statement of told) expect(mistakesIn(statement)).toEqual([]);
		const completed = told.filter(({ verb }) => verb.id.endsWith('/completed'));
		expect(completed).toHaveLength(10);
		const raw = completed.map(({ result }) => (result?.score as { raw: number }).raw);
		expect(raw.toSorted((one, other) => one - other)).toEqual([
			8, 9, 10, 10, 11, 11, 12, 12, 13, 14
		]);
		// What was left open was not answered.
		expect(told.length - completed.length).toBe(raw.reduce((so, each) => so + each, 0));
		expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
		const lesson = course.modules[0]?.lessons[0];
		if (!lesson) throw new Error('no lesson');
		expect(JSON.stringify(told)).toContain(`${site}/belajar/${lessonKey(lesson)}#`);
	});

	test('point to nobody: no name, no time of day, two tests of a person apart', async () => {
		const people = await aClass(5);
		now = AFTERWARDS;
		const file = (await get('xapi.json')).toString();
		for (const { name, username, userId } of people) {
			for (const mark of [name, `"${username}"`, `"${userId}"`]) expect(file).not.toContain(mark);
		}
		const told = JSON.parse(file) as Statement[];
		expect(new Set(told.map(({ actor }) => actor.account.name)).size).toBe(10);
		expect(new Set(told.map(({ timestamp }) => timestamp)).size).toBe(1);
		const actors = told.map(({ actor }) => actor.account.name);
		expect(actors).toEqual(actors.toSorted());
		expect(file).not.toMatch(/"response": "[^"]*[A-Z]{2}/);
	});

	test('are the same whenever they are taken, so that a store keeps each once', async () => {
		await aClass(5);
		now = AFTERWARDS;
		expect(await statements()).toEqual(await statements());
	});

	test('leave out a test that fewer than five people handed in', async () => {
		await aClass(4);
		now = AFTERWARDS;
		expect(await read()).toMatchObject({ withheld: 'too few' });
	});
});
