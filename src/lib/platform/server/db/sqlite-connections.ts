/**
 * SQLite connections as we need them, and the lock by which one process owns the file.
 *
 * Do not open a live database or its lock file with `fs` in the process that owns it: closing any
 * descriptor of a file drops the locks that the process holds on it.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartRefused } from '../start-refused.ts';

export type Connection = Database.Database;

const MIB = 1024 * 1024;

/** Every committed byte survives a power cut, and what was deleted is overwritten. */
const WRITER_PRAGMAS = [
	'journal_mode = WAL',
	'synchronous = FULL',
	'foreign_keys = ON',
	'busy_timeout = 5000',
	'cache_size = -65536', // KiB
	'temp_store = MEMORY',
	`journal_size_limit = ${64 * MIB}`,
	'secure_delete = ON'
];

const READER_PRAGMAS = [
	'busy_timeout = 5000',
	'cache_size = -65536',
	'temp_store = MEMORY',
	`mmap_size = ${1024 * MIB}`
];

/** What must be so before anybody is told that their work is safe. */
const PROMISED = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, secure_delete: 1 };

export function openWriter(file: string): Connection {
	mkdirSync(dirname(file), { recursive: true });
	const connection = new Database(file);
	try {
		for (const pragma of WRITER_PRAGMAS) connection.pragma(pragma);
		assertPromises(connection);
		return connection;
	} catch (thrown) {
		connection.close();
		throw thrown;
	}
}

export function openReader(file: string): Connection {
	const connection = new Database(file, { readonly: true });
	for (const pragma of READER_PRAGMAS) connection.pragma(pragma);
	return connection;
}

/**
 * Asked, not assumed: this build of SQLite falls back to `synchronous = NORMAL` when an existing
 * WAL file is opened, and loses the last acknowledged commits in a power cut.
 */
export function assertPromises(connection: Connection): void {
	for (const [pragma, promised] of Object.entries(PROMISED)) {
		const actual = connection.pragma(pragma, { simple: true });
		if (actual !== promised) {
			throw new StartRefused([
				`Basis data tidak dapat menjamin keamanan data (${pragma} = ${String(actual)}).`,
				`The database cannot keep data safe (${pragma} = ${String(actual)}).`
			]);
		}
	}
}

/**
 * Claims `file` for this process until the returned function is called or the process ends, also by
 * kill -9: the operating system then drops the lock. Two processes would each believe to be the
 * only writer and serve documents from memory that the other has changed.
 */
export function claimFile(file: string): () => void {
	mkdirSync(dirname(file), { recursive: true });
	const lock = new Database(`${file}.lock`, { timeout: 0 });
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch (thrown) {
		lock.close();
		if ((thrown as { code?: string }).code === 'SQLITE_BUSY') throw alreadyOwned(file);
		throw thrown;
	}
	return () => lock.close();
}

/** As `claimFile`, but waits for the other process to finish. */
export async function claimFileWithin(file: string, milliseconds: number): Promise<() => void> {
	const deadline = Date.now() + milliseconds;
	for (;;) {
		try {
			return claimFile(file);
		} catch (thrown) {
			if (!(thrown instanceof StartRefused) || Date.now() >= deadline) throw thrown;
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

function alreadyOwned(file: string): StartRefused {
	return new StartRefused([
		`Basis data ${file} sedang dipakai oleh proses Rembuk yang lain. Hentikan proses itu dahulu.`,
		`The database ${file} is in use by another Rembuk process. Stop that process first.`
	]);
}
