import { asc, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDay } from '#lib/platform/calendar.ts';
import { clean } from '#lib/platform/text.ts';
import { openTestDb, type TestDb } from '../../../../../tests/open-db.ts';
import type { Db, Tx } from './index.ts';
import {
	document,
	documentSnapshot,
	feedbackTally,
	lessonDone,
	library,
	quizAttempt,
	region,
	session,
	training,
	user
} from './schema/index.ts';
import { contains, count, firstLetters, inChunks, sum } from './sql.ts';
import { databaseCode } from './unavailable.ts';

const at = new Date('2026-05-22T03:00:00.123Z');
const firstDay = parseDay('2026-05-22');

let database: TestDb;
let db: Db;
beforeAll(async () => {
	database = await openTestDb();
	db = database.db;
	await db.write(async (tx) => {
		await tx.insert(region).values([
			{ code: '15', name: 'Jambi', kind: 'province' },
			{ code: '15.04', name: 'Batang Hari', kind: 'regency', parentCode: '15' },
			{ code: '15.04.04', name: 'Muara Bulian', kind: 'district', parentCode: '15.04' },
			{ code: '51', name: 'Bali', kind: 'province' }
		]);
		await tx
			.insert(user)
			.values({ id: 'sri', username: 'sri', name: 'Sri Wahyuni', createdAt: at });
	});
});
afterAll(() => database.drop());

const failure = (change: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
	db.write(change).then(
		() => null,
		(thrown: unknown) => thrown
	);

describe('columns', () => {
	test('give back what was put in', async () => {
		const written = await db.write((tx) =>
			tx
				.insert(training)
				.values({
					title: 'Bimtek',
					place: 'Muara Bulian',
					regionCode: '15.04',
					zone: 'Asia/Jakarta',
					startsOn: firstDay!,
					endsOn: firstDay!,
					planDueOn: firstDay!,
					feedbackOpensOn: firstDay!,
					createdAt: at
				})
				.returning()
		);
		const read = await db.read.select().from(training);
		expect(read).toEqual(written);
		expect(read[0]).toMatchObject({ startsOn: '2026-05-22', createdAt: at, createdBy: null });
		expect(read[0]?.id).toMatch(/^[a-z2-7]{26}$/);
	});

	test('keep bytes, and hand them out as plain Uint8Array', async () => {
		const snapshot = new Uint8Array([0, 1, 255, 92, 120, 0]);
		const doc = { id: 'd1', kind: 'plan', schemaNumber: 1, head: 1, createdAt: at };
		await db.write(async (tx) => {
			await tx.insert(document).values(doc);
			await tx.insert(documentSnapshot).values({ documentId: 'd1', seq: 1, snapshot });
		});
		const [stored] = await db.read.select().from(documentSnapshot);
		expect(stored?.snapshot).toEqual(snapshot);
		expect(Object.getPrototypeOf(stored?.snapshot)).toBe(Uint8Array.prototype);
		expect(stored).toMatchObject({ seq: 1, outline: null });
	});

	test('keep JSON', async () => {
		const answers = { q1: 'b', q2: 'é "\\ 😀' };
		const attempt = {
			id: 'a1',
			userId: 'sri',
			moduleSlug: 'm',
			edition: '1',
			correct: 1,
			total: 2
		};
		await db.write((tx) => tx.insert(quizAttempt).values({ ...attempt, answers, at }));
		const [stored] = await db.read.select({ answers: quizAttempt.answers }).from(quizAttempt);
		expect(stored).toEqual({ answers });
	});

	test('keep counters beyond 32 bits', async () => {
		const big = 2 ** 52;
		await db.write((tx) => tx.update(document).set({ head: big }).where(eq(document.id, 'd1')));
		const [stored] = await db.read.select({ head: document.head }).from(document);
		expect(stored?.head).toBe(big);
	});

	test('sort by bytes on both engines', async () => {
		const names = ['b', 'A', 'a', 'B', 'é', 'Z', '_'];
		await db.write((tx) =>
			tx.insert(library).values(names.map((name) => ({ name, regionCode: '15' })))
		);
		const sorted = await db.read.select().from(library).orderBy(asc(library.name));
		expect(sorted.map(({ name }) => name).join('')).toBe('ABZ_abé');
	});

	test('take any text that was cleaned at the edge', async () => {
		const typed = 'satu\0dua\ud800\r\ntiga';
		const name = clean(typed);
		await db.write((tx) => tx.update(user).set({ name }).where(eq(user.id, 'sri')));
		const [stored] = await db.read.select({ name: user.name }).from(user);
		expect(stored?.name).toBe('satudua\ufffd\ntiga');
		await db.write((tx) => tx.update(user).set({ name: 'Sri Wahyuni' }));
	});
});

describe('rules of the database', () => {
	test('hold on both engines', async () => {
		const twice = { username: 'sri', name: 'x', createdAt: at };
		const sameKey = { id: 'sri', username: 'other', name: 'x', createdAt: at };
		const nowhere = { name: 'x', regionCode: '99' };
		const early = { startsOn: parseDay('2026-06-01')! };
		const attempts: ((tx: Tx) => Promise<unknown>)[] = [
			(tx) => tx.insert(user).values(twice),
			(tx) => tx.insert(user).values(sameKey),
			(tx) => tx.insert(library).values(nowhere),
			(tx) => tx.update(training).set(early)
		];
		for (const attempt of attempts) {
			expect(databaseCode(await failure(attempt))).toMatch(/^23|^SQLITE_CONSTRAINT/);
		}
	});

	test('take children along and let go of what may stay', async () => {
		const [home] = await db.read.select().from(library).limit(1);
		await db.write(async (tx) => {
			const who = { id: 'budi', username: 'budi', name: 'Budi', createdAt: at };
			await tx.insert(user).values({ ...who, libraryId: home!.id });
			await tx.insert(lessonDone).values({ userId: 'budi', lessonKey: 'm/1', doneAt: at });
			await tx.delete(library).where(eq(library.id, home!.id));
		});
		const [budi] = await db.read.select().from(user).where(eq(user.id, 'budi'));
		expect(budi?.libraryId).toBeNull();
		await db.write((tx) => tx.delete(user).where(eq(user.id, 'budi')));
		expect(await db.read.$count(lessonDone)).toBe(0);
	});
});

describe('queries', () => {
	beforeAll(async () => {
		const [one] = await db.read.select({ id: training.id }).from(training);
		const tally = { trainingId: one!.id, instrument: 'end', version: 1, subject: '' };
		await db.write((tx) =>
			tx.insert(feedbackTally).values([
				{ ...tally, item: 'materi', value: 5, n: 2 },
				{ ...tally, item: 'materi', value: 4, n: 1 },
				{ ...tally, item: 'tempat', value: 3, n: 1 }
			])
		);
	});

	test('count and add up in numbers', async () => {
		const rows = await db.read
			.select({
				item: feedbackTally.item,
				kinds: count(),
				people: sum(feedbackTally.n)
			})
			.from(feedbackTally)
			.groupBy(feedbackTally.item)
			.orderBy(feedbackTally.item);
		expect(rows).toEqual([
			{ item: 'materi', kinds: 2, people: 3 },
			{ item: 'tempat', kinds: 1, people: 1 }
		]);
	});

	test('over nothing are 0', async () => {
		const [row] = await db.read
			.select({ n: count(), total: sum(feedbackTally.n) })
			.from(feedbackTally)
			.where(eq(feedbackTally.item, 'none'));
		expect(row).toEqual({ n: 0, total: 0 });
	});

	test('in raw rows numbers are numbers too', async () => {
		const [row] = await db.read.rows<{ n: number; total: number; mean: number }>(
			sql`select count(*) as n, sum(n) as total, avg(value) as mean from feedback_tally`
		);
		expect(row).toEqual({ n: 3, total: 4, mean: 4 });
	});

	test('find names without looking at case, and take no wildcards from people', async () => {
		const named = (typed: string) =>
			db.read.select({ code: region.code }).from(region).where(contains(region.name, typed));
		expect(await named('JAM')).toEqual([{ code: '15' }]);
		expect(await named('%')).toEqual([]);
		expect(await named('a_i')).toEqual([]);
		expect(await named("'; --")).toEqual([]);
	});

	test('find the regencies in which something lies', async () => {
		const regency = firstLetters(region.code, 5);
		const rows = await db.read.selectDistinct({ code: regency }).from(region).orderBy(regency);
		expect(rows.map(({ code }) => code)).toEqual(['15', '15.04', '51']);
	});

	test('walk down the regions', async () => {
		const below = await db.read.rows<{ code: string }>(sql`
			with recursive below(code) as (
				select code from ${region} where code = ${'15'}
				union all
				select r.code from ${region} r join below on r.parent_code = below.code
			)
			select code from below order by code`);
		expect(below.map(({ code }) => code)).toEqual(['15', '15.04', '15.04.04']);
	});

	test('may name a part of themselves', async () => {
		const provinces = db.read
			.$with('provinces')
			.as(db.read.select({ code: region.code }).from(region).where(eq(region.kind, 'province')));
		const rows = await db.read.with(provinces).select().from(provinces).orderBy(provinces.code);
		expect(rows).toEqual([{ code: '15' }, { code: '51' }]);
	});

	test('write thousands of rows in parts', async () => {
		const rows = Array.from({ length: 12_000 }, (_, n) => ({
			id: `s${n}`,
			userId: 'sri',
			kind: 'staff' as const,
			expiresAt: at,
			endsAt: at,
			createdAt: at,
			seenAt: at,
			device: 'x'
		}));
		const chunks = inChunks(rows);
		expect(chunks.length).toBeGreaterThan(1);
		await db.write(async (tx) => {
			for (const chunk of chunks) await tx.insert(session).values(chunk);
		});
		expect(await db.read.$count(session)).toBe(12_000);
		await db.write((tx) => tx.delete(session).where(inArray(session.userId, ['sri'])));
	});

	test('keep the better of two when written twice', async () => {
		const done = (day: string) => ({ userId: 'sri', lessonKey: 'm/1', doneAt: new Date(day) });
		const keepFirst = (tx: Tx, day: string) =>
			tx
				.insert(lessonDone)
				.values(done(day))
				.onConflictDoUpdate({
					target: [lessonDone.userId, lessonDone.lessonKey],
					set: {
						doneAt: sql`case when ${lessonDone.doneAt} < excluded.done_at then ${lessonDone.doneAt} else excluded.done_at end`
					}
				});
		for (const day of ['2026-05-20', '2026-05-18', '2026-05-22']) {
			await db.write((tx) => keepFirst(tx, day));
		}
		const [row] = await db.read.select().from(lessonDone);
		expect(row?.doneAt).toEqual(new Date('2026-05-18'));
	});
});
