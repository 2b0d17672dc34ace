import { existsSync, renameSync, rmSync } from 'node:fs';
import { sqliteFile } from './dialect.ts';
import {
	CREATE_MIGRATION_TABLE,
	pendingMigrations,
	type Applied,
	type Migration
} from './migrations.ts';
import { claimFileWithin, openReader, openWriter, type Connection } from './sqlite-connections.ts';
import { StartRefused } from '../start-refused.ts';

/** How long another process that starts at the same time may take to migrate. */
const WAIT_MS = 30_000;

export async function migrateSqlite(
	url: string,
	known: Migration[],
	{ backup }: { backup: boolean }
): Promise<Migration[]> {
	const file = sqliteFile(url);
	// Nothing to do while another process is serving from the file is no reason to refuse here.
	if (existsSync(file) && pendingIn(file, known).length === 0) return [];
	const release = await claimFileWithin(file, WAIT_MS);
	try {
		return migrateOwned(file, known, backup);
	} finally {
		release();
	}
}

function migrateOwned(file: string, known: Migration[], backup: boolean): Migration[] {
	const connection = openWriter(file);
	try {
		// Off before the transaction, where alone it has an effect: rebuilding a table drops the old
		// one, and its children would be deleted with it.
		connection.pragma('foreign_keys = OFF');
		const pending = pendingMigrations(known, appliedIn(connection));
		const [first] = pending;
		if (!first) return [];
		if (backup && hasMigrated(connection)) keepCopy(connection, `${file}.before-${first.name}.db`);
		connection.exec('BEGIN IMMEDIATE');
		connection.exec(CREATE_MIGRATION_TABLE);
		for (const migration of pending) apply(connection, migration);
		assertNoOrphans(connection);
		connection.exec('COMMIT');
		return pending;
	} finally {
		connection.close(); // an open transaction ends with the connection
	}
}

function pendingIn(file: string, known: Migration[]): Migration[] {
	const connection = openReader(file);
	try {
		return pendingMigrations(known, appliedIn(connection));
	} finally {
		connection.close();
	}
}

function appliedIn(connection: Connection): Applied[] {
	if (!hasMigrated(connection)) return [];
	return connection.prepare<[], Applied>('select name, hash from migration').all();
}

function hasMigrated(connection: Connection): boolean {
	const query = "select 1 from sqlite_schema where type = 'table' and name = 'migration'";
	return connection.prepare(query).get() !== undefined;
}

/** Whole or not there at all: a copy that was cut short must not look like one. */
function keepCopy(connection: Connection, copy: string): void {
	const unfinished = `${copy}.unfinished`;
	rmSync(unfinished, { force: true });
	connection.prepare('vacuum into ?').run(unfinished);
	renameSync(unfinished, copy);
}

function apply(connection: Connection, { name, hash, statements }: Migration): void {
	for (const statement of statements) connection.exec(statement);
	connection.prepare('insert into migration values (?, ?, ?)').run(name, hash, Date.now());
}

function assertNoOrphans(connection: Connection): void {
	const orphans = connection.pragma('foreign_key_check') as { table: string }[];
	const [orphan] = orphans;
	if (!orphan) return;
	throw new StartRefused([
		`Migrasi dibatalkan: ${orphans.length} baris kehilangan induknya (${orphan.table}).`,
		`The migration was undone: ${orphans.length} rows would lose their parent (${orphan.table}).`
	]);
}
