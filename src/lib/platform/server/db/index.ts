/**
 * The database as every room sees it: `read`, `snapshot` and `write`, the same on both engines.
 *
 * Drizzle's own `transaction()` and migrator are not reachable from here on purpose: on
 * better-sqlite3 the first breaks with async functions and the second deletes child rows.
 */
import type { SQL, WithSubquery } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { databaseUrl, engine, engineOf, type Engine } from './dialect.ts';

type Drizzle = NodePgDatabase;

/** What may be asked: the part of Drizzle that both engines speak. Writing through it fails. */
export type Read = Pick<Drizzle, 'select' | 'selectDistinct' | '$count' | '$with'> & {
	with(...queries: WithSubquery[]): Pick<ReturnType<Drizzle['with']>, 'select' | 'selectDistinct'>;
	/** For what the builder cannot say. Rows come as the driver gives them, columns in snake_case. */
	rows<Row>(query: SQL): Promise<Row[]>;
};

/** What may be done inside a transaction. Useless once a statement has failed or the transaction has ended. */
export type Tx = Read &
	Pick<Drizzle, 'insert' | 'update' | 'delete'> & {
		/**
		 * For what runs many times a second: a text in the engine's own words, always the same, and its
		 * values. Rows as from `rows`. Everything else is said through Drizzle.
		 */
		statement<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
		/** Runs after the commit, once, in the caller's context: mail, sockets, events. Dropped on rollback. */
		afterCommit(tell: () => void): void;
	};

export interface Db {
	readonly engine: Engine;

	/** Single reads; each sees what was committed when it began. */
	readonly read: Read;

	/** Several reads that all see the same moment. Do not write through them. */
	snapshot<T>(ask: (read: Read) => Promise<T>): Promise<T>;

	/**
	 * One transaction: all or nothing, as if nobody else wrote meanwhile, durable when it resolves.
	 *
	 * On PostgreSQL `change` may run more than once, so nothing in it may reach outside: use
	 * `tx.afterCommit`. It must not wait for the network and is refused after 10 seconds.
	 * A `write` inside a `write` throws; hand the `tx` down instead.
	 */
	write<T>(change: (tx: Tx) => Promise<T>): Promise<T>;

	/**
	 * For the document log alone: a transaction whose rows are guarded by locks it takes itself
	 * (READ COMMITTED on PostgreSQL, the same as `write` on SQLite). `change` must be harmless when
	 * it is carried out twice, because it is repeated even when the answer to a commit was lost.
	 */
	writeUnderRowLocks<T>(change: (tx: Tx) => Promise<T>): Promise<T>;

	/** After an erasure: what was deleted also leaves the write-ahead log (SQLite) or the dead rows (PostgreSQL). */
	scrub(): Promise<void>;

	/** Finishes what was asked for, then takes no more. */
	close(): Promise<void>;
}

export interface OpenOptions {
	/**
	 * SQLite: whether this process claims the file for itself (default). A test that plays a crash
	 * opens the same file twice and says false; so does a tool that only reads.
	 */
	lock?: boolean;
	/** How long one `write` may take, in milliseconds. */
	holdMs?: number;
	/** PostgreSQL: the largest number of connections. */
	connections?: number;
}

/** Opens a migrated database. The engine of `url` must be the one of DATABASE_URL, which built the tables. */
export async function openDb(url: string = databaseUrl, options: OpenOptions = {}): Promise<Db> {
	if (engineOf(url) !== engine) {
		throw new Error(
			`DATABASE_URL chose ${engine} for this process; it cannot open ${engineOf(url)}`
		);
	}
	if (engine === 'postgres') return (await import('./postgres.ts')).openPostgres(url, options);
	return (await import('./sqlite.ts')).openSqlite(url, options);
}
