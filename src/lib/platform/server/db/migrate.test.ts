import { randomBytes } from 'node:crypto';
import {
	appendFileSync,
	cpSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDocumentLog } from '../documents.ts';
import { engine, sqliteFile } from './dialect.ts';
import { openDb, type Db } from './index.ts';
import { migrate } from './migrate.ts';
import { lessonDone, region, session, user } from './schema/index.ts';
import { runChild } from './testing/child.ts';

const at = new Date('2026-05-22T03:00:00Z');

/** An empty database, not migrated. */
interface Empty {
	url: string;
	drop(): Promise<void>;
}

async function emptyDatabase(): Promise<Empty> {
	if (engine === 'sqlite') {
		const home = mkdtempSync(join(tmpdir(), 'rembuk-migrate-'));
		const url = `file:${join(home, 'new', 'rembuk.db')}`;
		return { url, drop: async () => rmSync(home, { recursive: true }) };
	}
	const name = `${process.env.REMBUK_TEST_DATABASES}_${randomBytes(6).toString('hex')}`;
	await onServer(`create database ${name} template template0 encoding 'UTF8' locale 'C'`);
	const url = new URL(process.env.DATABASE_URL ?? '');
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

async function onServer(command: string): Promise<void> {
	const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
	await client.connect();
	await client.query(command);
	await client.end();
}

let database: Empty;
let folder: string;
beforeEach(async () => {
	database = await emptyDatabase();
	folder = mkdtempSync(join(tmpdir(), 'rembuk-drizzle-'));
	cpSync('drizzle', folder, { recursive: true });
});
afterEach(async () => {
	await database.drop();
	rmSync(folder, { recursive: true });
});

const released = readdirSync(join('drizzle', engine))
	.filter((name) => name.endsWith('.sql'))
	.sort();

/** The next release has one more migration. */
const addMigration = (statements: string) =>
	writeFileSync(join(folder, engine, '9000_next.sql'), statements);

async function withDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
	const db = await openDb(database.url);
	try {
		return await work(db);
	} finally {
		await db.close();
	}
}

const tables = (db: Db) =>
	db.read.rows(
		engine === 'sqlite'
			? sql`select name from sqlite_schema where name = 'later'`
			: sql`select tablename from pg_tables where tablename = 'later'`
	);

describe('migrations', () => {
	test('are applied once, in order', async () => {
		expect(await migrate(database.url)).toEqual(released);
		expect(await migrate(database.url)).toEqual([]);
		addMigration('create table later (id text primary key)');
		expect(await migrate(database.url, { folder })).toEqual(['9000_next.sql']);
	});

	test('are applied once when several nodes start at the same time', async () => {
		const nodes = await Promise.all([
			runChild('migrate', database.url),
			runChild('migrate', database.url),
			runChild('migrate', database.url),
			migrate(database.url)
		]);
		const counts = nodes.map((node) => (Array.isArray(node) ? node.length : Number(node.said[0])));
		expect(counts.sort()).toEqual([0, 0, 0, released.length]);
	});

	test('are applied once when one process asks many times', async () => {
		const asked = Array.from({ length: 8 }, () => migrate(database.url));
		const applied = (await Promise.all(asked)).flat();
		expect(applied).toEqual(released);
	});

	test('refuse a database that is newer than the program', async () => {
		addMigration('create table later (id text primary key)');
		await migrate(database.url, { folder });
		await expect(migrate(database.url)).rejects.toMatchObject({
			exitCode: 1,
			sentences: [
				expect.stringMatching(/^Basis data ini lebih baru daripada program/),
				expect.stringMatching(/^The database is newer than this program/)
			]
		});
	});

	test('refuse a file that was changed after it was applied', async () => {
		await migrate(database.url);
		appendFileSync(join(folder, engine, released[0] ?? ''), '\n-- changed');
		await expect(migrate(database.url, { folder })).rejects.toMatchObject({
			exitCode: 1,
			sentences: [expect.stringContaining('berubah'), expect.stringContaining('was changed')]
		});
	});

	test('do not mind how lines end', async () => {
		addMigration('create table later (\n\tid text primary key\n)');
		await migrate(database.url, { folder });
		addMigration('create table later (\r\n\tid text primary key\r\n)');
		expect(await migrate(database.url, { folder })).toEqual([]);
	});

	test('that fail half way leave the database as it was', async () => {
		await migrate(database.url);
		addMigration(
			'create table later (id text);--> statement-breakpoint\ninsert into nowhere values (1)'
		);
		await expect(migrate(database.url, { folder })).rejects.toThrow('nowhere');
		await withDb(async (db) => expect(await tables(db)).toEqual([]));
		expect(await migrate(database.url)).toEqual([]);
	});

	test('keep the children of a table that is rebuilt', async () => {
		await migrate(database.url);
		await withDb((db) => db.write(seedSri));
		addMigration(
			engine === 'sqlite' ? REBUILD_USER : `alter table "user" alter name set default ''`
		);
		await migrate(database.url, { folder });
		await withDb(async (db) => {
			expect(await db.read.$count(user)).toBe(1);
			expect(await db.read.$count(session)).toBe(1);
			expect(await db.read.$count(lessonDone)).toBe(1);
		});
	});

	test('move the snapshots of documents to a table of their own', async () => {
		const later = released.filter((name) => name >= '0002');
		for (const name of later) renameSync(join(folder, engine, name), join(folder, name));
		await migrate(database.url, { folder });
		const hex = (bytes: string) => (engine === 'sqlite' ? `x'${bytes}'` : `'\\x${bytes}'`);
		await withDb((db) =>
			db.write(async (tx) => {
				const documents = `('plan:1', 'plan', 1, 7, 6, ${hex('0102ff')}, 0), ('plan:2', 'plan', 1, 0, 0, null, 0)`;
				const columns = 'id, kind, schema_number, head, snapshot_seq, snapshot, created_at';
				await tx.statement(`insert into document (${columns}) values ${documents}`, []);
				await tx.statement(`insert into document_update values ('plan:1', 7, ${hex('09')}, 0)`, []);
			})
		);
		for (const name of later) renameSync(join(folder, name), join(folder, engine, name));
		expect(await migrate(database.url, { folder })).toEqual(later);
		await withDb(async (db) => {
			const log = openDocumentLog(db);
			expect(await log.read('plan:1')).toMatchObject({
				head: 7,
				snapshot: new Uint8Array([1, 2, 255]),
				snapshotSeq: 6,
				updates: [{ seq: 7, update: new Uint8Array([9]) }]
			});
			expect(await log.read('plan:2')).toMatchObject({ head: 0, snapshot: null });
		});
	});
});

// A server takes care of these by itself.
if (engine === 'sqlite') {
	describe('migrations of a SQLite file', () => {
		test('that would leave orphans are undone', async () => {
			await migrate(database.url);
			await withDb((db) => db.write(seedSri));
			addMigration('delete from `user`');
			await expect(migrate(database.url, { folder })).rejects.toMatchObject({
				sentences: [expect.stringContaining('dibatalkan'), expect.stringContaining('undone')]
			});
			await withDb(async (db) => expect(await db.read.$count(user)).toBe(1));
		});

		test('keep a copy of what they change', async () => {
			await migrate(database.url);
			await withDb((db) => db.write(seedSri));
			addMigration('delete from `session`');
			await migrate(database.url, { folder });
			const file = sqliteFile(database.url);
			expect(readdirSync(dirname(file)).filter((name) => name.includes('before'))).toEqual([
				'rembuk.db.before-9000_next.sql.db'
			]);
			const copy = await openDb(`${file}.before-9000_next.sql.db`);
			expect(await copy.read.$count(session)).toBe(1);
			await copy.close();
		});

		test('wait for nobody when there is nothing to do', async () => {
			await migrate(database.url);
			await withDb(async () => expect(await migrate(database.url)).toEqual([]));
		});
	});
}

const seedSri = async (tx: Parameters<Parameters<Db['write']>[0]>[0]) => {
	await tx.insert(region).values({ code: '15', name: 'Jambi', kind: 'province' });
	await tx.insert(user).values({ id: 'sri', username: 'sri', name: 'Sri', createdAt: at });
	await tx.insert(lessonDone).values({ userId: 'sri', lessonKey: 'm/1', doneAt: at });
	await tx.insert(session).values({
		id: 's',
		userId: 'sri',
		kind: 'own_phone',
		expiresAt: at,
		endsAt: at,
		createdAt: at,
		seenAt: at,
		device: 'Chrome, Android'
	});
};

/** How drizzle-kit changes a column on SQLite: a new table, a copy, the old one dropped. */
const REBUILD_USER = [
	'PRAGMA foreign_keys=OFF;',
	'CREATE TABLE `__new_user` AS SELECT * FROM `user`;',
	'CREATE UNIQUE INDEX `__new_user_id` ON `__new_user`(`id`);',
	'DROP TABLE `user`;',
	'ALTER TABLE `__new_user` RENAME TO `user`;',
	'PRAGMA foreign_keys=ON;'
].join('--> statement-breakpoint\n');
