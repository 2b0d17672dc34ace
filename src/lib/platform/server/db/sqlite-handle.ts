/** What Drizzle believes to be a better-sqlite3 connection. It only ever calls `prepare`. */
import type Database from 'better-sqlite3';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Connection } from './sqlite-connections.ts';

type Statement = Database.Statement<unknown[], unknown>;

/** Compiling a statement costs more than running it. The oldest goes when there are too many. */
export class StatementCache {
	readonly #connection: Connection;
	readonly #statements = new Map<string, Statement>();
	readonly #limit = 500;

	constructor(connection: Connection) {
		this.#connection = connection;
	}

	find(query: string): Statement {
		const statement = this.#statements.get(query) ?? this.#connection.prepare(query);
		this.#statements.delete(query);
		this.#statements.set(query, statement);
		if (this.#statements.size > this.#limit) this.#forgetOldest();
		return statement;
	}

	#forgetOldest(): void {
		const [oldest] = this.#statements.keys();
		if (oldest !== undefined) this.#statements.delete(oldest);
	}
}

/**
 * The statements of one transaction, or of all single reads.
 *
 * In a transaction it becomes useless after a failed statement, as on PostgreSQL, so that nobody
 * comes to rely on going on; and after the end, when the connection serves somebody else.
 */
export class Handle {
	readonly #statements: StatementCache;
	readonly #inTransaction: boolean;
	#state: 'open' | 'failed' | 'ended' = 'open';

	constructor(statements: StatementCache, inTransaction: boolean) {
		this.#statements = statements;
		this.#inTransaction = inTransaction;
	}

	get failed(): boolean {
		return this.#state === 'failed';
	}

	/** Another transaction on the same connection, which has ended the one before. */
	begin(): void {
		this.#state = 'open';
	}

	end(): void {
		this.#state = 'ended';
	}

	/** Of a statement that is always the same; what Drizzle builds goes through `prepare`. */
	all(query: string, values: readonly unknown[]): unknown[] {
		return this.#attempt(() => {
			const statement = this.#statements.find(query);
			if (statement.reader) return statement.raw(false).all(...values);
			statement.run(...values);
			return [];
		});
	}

	prepare(query: string) {
		const statement = this.#attempt(() => this.#statements.find(query));
		const all = (raw: boolean, values: unknown[]) =>
			this.#attempt(() => {
				if (statement.reader) return statement.raw(raw).all(...values);
				statement.run(...values);
				return [];
			});
		const get = (raw: boolean, values: unknown[]) =>
			this.#attempt(() => statement.raw(raw).get(...values));
		return {
			run: (...values: unknown[]) => this.#attempt(() => statement.run(...values)),
			all: (...values: unknown[]) => all(false, values),
			get: (...values: unknown[]) => get(false, values),
			raw: () => ({
				all: (...values: unknown[]) => all(true, values),
				get: (...values: unknown[]) => get(true, values)
			})
		};
	}

	#attempt<T>(step: () => T): T {
		if (this.#state === 'ended')
			throw new Error('this transaction has ended: a query was not awaited');
		if (this.#state === 'failed') throw new Error('this transaction has failed already');
		try {
			return step();
		} catch (thrown) {
			if (this.#inTransaction) this.#state = 'failed';
			throw thrown;
		}
	}
}

/** Drizzle over a handle, with `rows` and whatever else this kind of handle offers. */
export function speakThrough<Face>(handle: Handle, more: object = {}): Face {
	// The handle offers the part of better-sqlite3 that Drizzle uses, and `Face` is the part of
	// Drizzle that both engines share: the suite proves it on both, the compiler cannot.
	const orm = drizzle(handle as never, { casing: 'snake_case' });
	const rows = async (query: SQL) => orm.all(query);
	const statement = async (text: string, values: readonly unknown[]) => handle.all(text, values);
	return Object.assign(orm, { rows, statement }, more) as Face;
}
