/**
 * The tools of a test: a migrated, empty database of the engine this run is about.
 *
 * Migrations run once; every app gets a copy of the result (a file, or a PostgreSQL database made
 * from a template), so opening one costs milliseconds.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openApp, type App } from '#lib/platform/server/app.ts';
import { engine } from '#lib/platform/server/db/dialect.ts';
import { migrate } from '#lib/platform/server/db/migrate.ts';
import type { Log } from '#lib/platform/server/log.ts';

type AppOptions = NonNullable<Parameters<typeof openApp>[0]>;

export interface TestAppOptions extends Partial<Omit<AppOptions, 'databaseUrl' | 'now'>> {
	/** A fixed moment, or a clock of your own. Friday 22 May 2026, 10.00 WIB, when you do not say. */
	now?: Date | (() => Date);
	/** A database from `newDatabase`, to open the same one twice. */
	databaseUrl?: string;
}

export type TestApp = App & { close(): Promise<void> };

const quiet: Log = () => {};

const FRIDAY_MORNING = new Date('2026-05-22T03:00:00Z');

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
	const { now = FRIDAY_MORNING, databaseUrl, log = quiet, ...rest } = options;
	const database = databaseUrl ? { url: databaseUrl, drop: async () => {} } : await newDatabase();
	const clock = typeof now === 'function' ? now : () => now;
	const app = await openApp({ ...rest, databaseUrl: database.url, now: clock, log });
	return Object.assign(app, { close: closing(app.close.bind(app), database.drop) });
}

function closing(close: () => Promise<void>, drop: () => Promise<void>): () => Promise<void> {
	return async () => {
		await close();
		await drop();
	};
}

export interface TestDatabase {
	url: string;
	drop(): Promise<void>;
}

/** A migrated, empty database of its own. Whoever opens it by hand drops it in the end. */
export const newDatabase = (): Promise<TestDatabase> =>
	engine === 'postgres' ? newPostgresDatabase() : newSqliteDatabase();

const randomName = () => randomBytes(6).toString('hex');

// --- SQLite: files in a folder that tests/setup/sqlite.global.ts removes

let folder: string | null = null;
let migratedFile: Promise<string> | null = null;

const ownFolder = (): string =>
	(folder ??= mkdtempSync(join(process.env.REMBUK_TEST_FOLDER ?? tmpdir(), 'own-')));

/** Whoever comes first makes it, out of sight of those who look for it meanwhile. */
async function migrateFile(): Promise<string> {
	const file = join(process.env.REMBUK_TEST_FOLDER ?? ownFolder(), 'template.db');
	if (existsSync(file)) return file;
	const unfinished = join(ownFolder(), 'unfinished.db');
	await migrate(`file:${unfinished}`);
	renameSync(unfinished, file);
	return file;
}

async function newSqliteDatabase(): Promise<TestDatabase> {
	const template = await (migratedFile ??= migrateFile());
	const file = join(ownFolder(), `${randomName()}.db`);
	copyFileSync(template, file);
	const drop = async () => {
		for (const ending of ['', '-wal', '-shm', '.lock']) rmSync(file + ending, { force: true });
	};
	return { url: `file:${file}`, drop };
}

// --- PostgreSQL: the server is started by tests/setup/pg.global.ts

/** Any number, the same in every worker: they wait for one another to migrate the template. */
const TEMPLATE_LOCK = 4_071_956;

let template: Promise<string> | null = null;

function serverUrl(database?: string): string {
	const url = new URL(process.env.DATABASE_URL ?? '');
	if (database) url.pathname = `/${database}`;
	return url.href;
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: serverUrl() });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

let administration: pg.Pool | null = null;

/** On a connection that is kept a moment, because the next test asks soon. */
async function administer(statement: string): Promise<void> {
	administration ??= administrationPool();
	await administration.query(statement);
}

function administrationPool(): pg.Pool {
	const briefly = { max: 1, idleTimeoutMillis: 1_000, allowExitOnIdle: true };
	const pool = new pg.Pool({ connectionString: serverUrl(), ...briefly });
	pool.on('error', () => {}); // the server may be gone before an idle connection is
	return pool;
}

function migrateTemplate(): Promise<string> {
	const name = `${process.env.REMBUK_TEST_DATABASES}_template`;
	const unfinished = `${name}_unfinished`;
	return onServer(async (client) => {
		await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
		const found = await client.query('select 1 from pg_database where datname = $1', [name]);
		if (found.rowCount === 0) {
			await client.query(
				`create database ${unfinished} template template0 encoding 'UTF8' locale 'C'`
			);
			await migrate(serverUrl(unfinished));
			await client.query(`alter database ${unfinished} rename to ${name}`);
		}
		return name;
	});
}

async function newPostgresDatabase(): Promise<TestDatabase> {
	const source = await (template ??= migrateTemplate());
	const name = `${process.env.REMBUK_TEST_DATABASES}_${randomName()}`;
	// Files are copied in a third of the time that their pages take through the write-ahead log.
	await administer(`create database ${name} template ${source} strategy file_copy`);
	const drop = () => administer(`drop database if exists ${name} with (force)`);
	return { url: serverUrl(name), drop };
}
