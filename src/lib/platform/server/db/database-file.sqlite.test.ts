/** What only a file can go through: a second process, kill -9, a full disk, an erasure. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { openTestDb, type TestDb } from '../../../../../tests/open-db.ts';
import { openDocumentLog } from '../documents.ts';
import { find, put, remove } from '../search.ts';
import { sqliteFile } from './dialect.ts';
import { openDb, type Db } from './index.ts';
import { document, library, region } from './schema/index.ts';
import { assertPromises, openWriter } from './sqlite-connections.ts';
import { ended, linesOf, runChild, startChild, startChildAfter } from './testing/child.ts';

const at = new Date('2026-05-22T03:00:00Z');
const RAISE_LIMIT = '/usr/bin/prlimit';

let database: TestDb;
let db: Db;
beforeEach(async () => {
	database = await openTestDb();
	db = database.db;
});
afterEach(() => database.drop());

const province = { name: 'Jambi', kind: 'province' as const };
const codes = async () => (await db.read.select().from(region)).map(({ code }) => code);

async function seedPlan(): Promise<void> {
	const update = Y.encodeStateAsUpdate(new Y.Doc());
	const plan = { id: 'plan:1', kind: 'plan', schemaNumber: 1, update };
	await db.write((tx) => openDocumentLog(db).create(tx, plan));
}

describe('a SQLite file', () => {
	test('keeps its promises also when it is opened again', async () => {
		await db.write((tx) => tx.insert(region).values({ code: '15', ...province }));
		await db.close();
		db = database.db = await openDb(database.url);
		const ask = (pragma: string) =>
			db.write(
				async (tx) =>
					Object.values((await tx.rows<object>(sql.raw(`pragma ${pragma}`)))[0] ?? {})[0]
			);
		expect(await ask('synchronous')).toBe(2);
		expect(await ask('journal_mode')).toBe('wal');
		expect(await ask('foreign_keys')).toBe(1);
		expect(await ask('secure_delete')).toBe(1);
	});

	test('is not opened when a promise cannot be kept', () => {
		const connection = openWriter(sqliteFile(database.url));
		connection.pragma('synchronous = NORMAL');
		expect(() => assertPromises(connection)).toThrow('cannot keep data safe (synchronous = 1)');
		connection.close();
	});

	test('belongs to one process', async () => {
		const second = await runChild('open', database.url);
		expect(second.exitCode).toBe(1);
		expect(second.said[0]).toMatch(/in use by another Rembuk process/);
		await expect(openDb(database.url)).rejects.toMatchObject({ exitCode: 1 });
		await db.close();
		const third = await runChild('open', database.url);
		expect(third).toEqual({ said: ['opened'], exitCode: 0 });
		db = database.db = await openDb(database.url);
	});

	test('[LOG6] holds everything that was acknowledged after kill -9, and is free again', async () => {
		await seedPlan();
		await db.close();
		const writer = startChild('append-for-ever', database.url);
		let acknowledged = 0;
		for await (const line of linesOf(writer)) {
			acknowledged = Number(line);
			if (acknowledged === 100) writer.kill('SIGKILL');
		}
		await ended(writer);
		db = database.db = await openDb(database.url);
		const stored = await openDocumentLog(db).read('plan:1');
		expect(acknowledged).toBeGreaterThanOrEqual(100);
		expect(stored?.head).toBeGreaterThanOrEqual(acknowledged);
		expect(stored?.updates).toHaveLength(stored?.head ?? 0);
	});

	test.runIf(existsSync(RAISE_LIMIT))(
		'refuses to write on a full disk, still reads, says so, and recovers by itself',
		async () => {
			await seedPlan();
			await db.close();
			const blocks = 4_000; // 512 bytes each: 2 MB for any one file
			const limit = `trap "" XFSZ; ulimit -S -f ${blocks}`;
			const child = startChildAfter(limit, 'fill-disk', database.url);
			const said: string[] = [];
			for await (const line of linesOf(child)) {
				said.push(line);
				if (line === 'full') {
					execFileSync(RAISE_LIMIT, ['--pid', String(child.pid), '--fsize=unlimited:unlimited']);
				}
			}
			const kept = Number(/read (\d+)/.exec(said[2] ?? '')?.[1]);
			expect(kept).toBeGreaterThan(5);
			expect(said).toEqual([
				'refused unavailable',
				'refused unavailable',
				`read ${kept}`,
				'ready false',
				'full',
				`kept ${kept + 1}`
			]);
			db = database.db = await openDb(database.url);
			expect((await openDocumentLog(db).read('plan:1'))?.updates).toHaveLength(kept + 1);
		}
	);

	test('waits for another program that writes, without stopping everything else', async () => {
		const other = new Database(sqliteFile(database.url));
		other.exec('BEGIN IMMEDIATE');
		const waiting = db.write((tx) => tx.insert(region).values({ code: '15', ...province }));
		const started = performance.now();
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(performance.now() - started).toBeLessThan(4_000); // SQLite itself would wait for 5 s
		expect(await codes()).toEqual([]);
		other.close();
		await waiting;
		expect(await codes()).toEqual(['15']);
	});

	test('fails a whole group when its commit fails, and takes the next one', async () => {
		// A group takes in what comes within some milliseconds: here the clock stands still.
		vi.useFakeTimers({ toFake: ['performance'] });
		onTestFinished(() => void vi.useRealTimers());
		const writes = [
			db.write((tx) => tx.insert(region).values({ code: '15', ...province })),
			db.write(async (tx) => {
				await tx.rows(sql`pragma defer_foreign_keys = on`);
				await tx.insert(library).values({ name: 'x', regionCode: 'nowhere' });
			})
		];
		const outcomes = await Promise.allSettled(writes);
		expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await codes()).toEqual([]);
		const other = new Database(sqliteFile(database.url), { timeout: 0 });
		other.exec('BEGIN IMMEDIATE');
		other.close();
		await db.write((tx) => tx.insert(region).values({ code: '51', ...province }));
		expect(await codes()).toEqual(['51']);
	});

	test('finishes what was asked for before it closes, then takes no more', async () => {
		const last = db.write((tx) => tx.insert(region).values({ code: '15', ...province }));
		await db.close();
		await last;
		await expect(db.write(async () => {})).rejects.toThrow('closed');
		db = database.db = await openDb(database.url);
		expect(await codes()).toEqual(['15']);
	});

	test('forgets every byte of what was erased', async () => {
		const secret = 'zxqvrahasia';
		const log = openDocumentLog(db);
		const doc = new Y.Doc();
		doc.getText('why').insert(0, secret);
		const update = Y.encodeStateAsUpdate(doc);
		await db.write(async (tx) => {
			await log.create(tx, { id: 'plan:1', kind: 'plan', schemaNumber: 1, update });
			await put(tx, { ref: 'plan:1', kind: 'plan', text: `tentang ${secret}`, at });
			await put(tx, { ref: 'plan:2', kind: 'plan', text: 'tentang ikan', at });
		});
		await log.compact('plan:1', { epoch: 1, snapshot: update, upTo: 1 });
		expect(bytesOnDisk()).toContain(secret);
		await db.write(async (tx) => {
			await tx.delete(document).where(eq(document.id, 'plan:1'));
			await remove(tx, 'plan:1');
		});
		await db.scrub();
		expect(await find(db.read, 'tentang')).toEqual(['plan:2']);
		await db.close();
		expect(bytesOnDisk()).not.toContain(secret);
		db = database.db = await openDb(database.url);
	});

	function bytesOnDisk(): string {
		const file = sqliteFile(database.url);
		const files = [file, `${file}-wal`].filter((path) => existsSync(path));
		return files.map((path) => readFileSync(path, 'latin1')).join('');
	}
});
