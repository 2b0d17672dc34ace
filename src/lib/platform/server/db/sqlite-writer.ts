/**
 * The one writer of a SQLite file: a queue whose jobs share commits.
 *
 * One commit costs one fsync, whoever is in it. Every job has its own savepoint, so it fails alone;
 * nobody is told anything before the commit that holds their work is on the disk.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from './index.ts';
import type { Connection } from './sqlite-connections.ts';
import { Handle, speakThrough, StatementCache } from './sqlite-handle.ts';
import { AfterCommit, asTransaction, HOLD_MS, withinTime } from './transaction.ts';
import { asRefusal } from './unavailable.ts';

const JOBS_PER_COMMIT = 64;
const GROUP_MS = 20;
/** How long to wait while some other program writes to the file. */
const BUSY_MS = 5_000;

interface Job {
	change: (tx: Tx) => Promise<unknown>;
	done: (value: unknown) => void;
	failed: (thrown: unknown) => void;
}

export class SqliteWriter {
	readonly #connection: Connection;
	readonly #statements: StatementCache;
	/** Ready made: put together anew each time, these few words took longer than a small job. */
	readonly #say: Record<'begin' | 'commit' | 'savepoint' | 'release', () => void>;
	readonly #holdMs: number;
	#queue: Job[] = [];
	#draining: Promise<void> | null = null;
	#closed = false;

	constructor(connection: Connection, holdMs: number = HOLD_MS) {
		this.#connection = connection;
		this.#statements = new StatementCache(connection);
		const ready = (text: string) => {
			const statement = connection.prepare(text);
			return () => void statement.run();
		};
		this.#say = {
			begin: ready('BEGIN IMMEDIATE'),
			commit: ready('COMMIT'),
			savepoint: ready('SAVEPOINT job'),
			release: ready('RELEASE job')
		};
		// SQLite's own waiting would stop the event loop: see `#begin`, which naps instead.
		connection.pragma('busy_timeout = 0');
		this.#holdMs = holdMs;
	}

	write<T>(change: (tx: Tx) => Promise<T>): Promise<T> {
		return asTransaction(() => {
			if (this.#closed) throw new Error('the database is closed');
			return new Promise<T>((resolve, reject) => {
				// A job runs while another caller's commit is under way: without `bind` it would see
				// that caller's request and language.
				this.#queue.push({
					change: AsyncLocalStorage.bind(change),
					done: (value) => resolve(value as T),
					failed: (thrown) => reject(asRefusal(thrown))
				});
				this.#draining ??= this.#drain();
			});
		});
	}

	/** Finishes what was asked for, then takes no more. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#draining;
		this.#emptyWal();
		this.#connection.close();
	}

	/** Empties the write-ahead log, which would keep the bytes of what was erased. */
	async scrub(): Promise<void> {
		await this.#draining;
		this.#emptyWal();
	}

	/** Has to wait until nobody reads from it any more. */
	#emptyWal(): void {
		this.#connection.pragma(`busy_timeout = ${BUSY_MS}`);
		this.#connection.pragma('wal_checkpoint(TRUNCATE)');
		this.#connection.pragma('busy_timeout = 0');
	}

	async #drain(): Promise<void> {
		while (this.#queue.length > 0) await this.#commitGroup();
		this.#draining = null;
	}

	async #commitGroup(): Promise<void> {
		const taken: Job[] = [];
		const settlements: (() => void)[] = [];
		try {
			await this.#begin();
			const started = performance.now();
			while (taken.length < JOBS_PER_COMMIT && performance.now() - started < GROUP_MS) {
				const job = this.#queue.shift();
				if (!job) break;
				taken.push(job);
				settlements.push(await this.#carryOut(job));
			}
			this.#say.commit();
		} catch (thrown) {
			this.#rollBack();
			// The storage failed: nothing of this group was kept. When it could not even begin,
			// everybody in the queue is told now instead of waiting in turn.
			for (const job of taken.length > 0 ? taken : this.#queue.splice(0)) job.failed(thrown);
			return;
		}
		for (const settle of settlements) settle();
	}

	/** What is left of a failed group keeps other programs out, and the file from being closed. */
	#rollBack(): void {
		try {
			if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
		} catch {
			// The storage fails in this as well: the next group tries again before it begins.
		}
	}

	/** Waits in short naps for another program's lock. */
	async #begin(): Promise<void> {
		const deadline = Date.now() + BUSY_MS;
		// Left over from a failed group whose rollback failed as well.
		if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
		for (;;) {
			try {
				this.#say.begin();
				return;
			} catch (thrown) {
				const busy = (thrown as { code?: string }).code === 'SQLITE_BUSY';
				if (!busy || Date.now() >= deadline) throw thrown;
			}
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
	}

	/** Returns what to tell the caller once the group is committed. Throws when the storage failed. */
	async #carryOut(job: Job): Promise<() => void> {
		const handle = new Handle(this.#statements, true);
		const afterCommit = new AfterCommit();
		const tx = speakThrough<Tx>(handle, { afterCommit: afterCommit.add });
		this.#say.savepoint();
		try {
			const value = await withinTime(() => job.change(tx), this.#holdMs);
			if (handle.failed) throw new Error('a failed statement was swallowed inside write()');
			this.#say.release();
			return () => {
				job.done(value);
				afterCommit.tellAll();
			};
		} catch (thrown) {
			// On a full disk or an I/O error SQLite may give up the whole transaction.
			if (!this.#connection.inTransaction) throw thrown;
			this.#connection.exec('ROLLBACK TO job; RELEASE job');
			return () => job.failed(thrown);
		} finally {
			handle.end();
		}
	}
}
