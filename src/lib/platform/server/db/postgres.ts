/**
 * PostgreSQL: a pool, SERIALIZABLE transactions that are tried again when two got in each other's
 * way, and patience while the server restarts or a standby takes over.
 */
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Db, OpenOptions, Read, Tx } from './index.ts';
import { AfterCommit, asTransaction, HOLD_MS, withinTime } from './transaction.ts';
import { asRefusal, isConflict, isLostConnection } from './unavailable.ts';

const CONFLICT_TRIES = 12;
/** A restart takes up to 5 s; a standby is promoted faster. */
const RECONNECT_MS = 8_000;

const SESSION = [
	'-c statement_timeout=30000', // ms
	'-c lock_timeout=10000', // ms
	'-c idle_in_transaction_session_timeout=15000', // ms
	'-c default_transaction_read_only=on', // writing is what write() is for
	'-c TimeZone=UTC'
].join(' ');

// Numbers in raw rows are numbers, as on SQLite. Ours stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/** The connection broke after COMMIT was sent: nobody knows whether it counts. */
class CommitUnanswered extends Error {}

const SNAPSHOT = 'begin isolation level repeatable read read only';
const WRITE = 'begin isolation level serializable read write';
const ROW_LOCKS = 'begin isolation level read committed read write';

export function openPostgres(url: string, options: OpenOptions = {}): Db {
	const pool = openPool(url, options);
	const holdMs = options.holdMs ?? HOLD_MS;
	let closing: Promise<void> | null = null;

	const write = <T>(begin: string, change: (tx: Tx) => Promise<T>): Promise<T> =>
		asTransaction(() =>
			persistently(begin === ROW_LOCKS, async () => {
				const afterCommit = new AfterCommit();
				const value = await transact(pool, begin, holdMs, (client) =>
					change(speakThrough<Tx>(client, { afterCommit: afterCommit.add }))
				);
				return { value, afterCommit };
			})
		).then(({ value, afterCommit }) => {
			afterCommit.tellAll();
			return value;
		});

	return {
		engine: 'postgres',
		read: speakThrough<Read>({
			query: (...question) => persistently(true, () => pool.query(...question))
		}),
		// Never repeated once it has begun: an export has sent the first half by then.
		snapshot: (ask) =>
			transact(pool, SNAPSHOT, null, (client) => ask(speakThrough<Read>(client))).catch(refuse),
		write: (change) => write(WRITE, change),
		writeUnderRowLocks: (change) => write(ROW_LOCKS, change),
		scrub: async () => void (await pool.query('vacuum')),
		close: () => (closing ??= pool.end())
	};
}

function openPool(url: string, options: OpenOptions): pg.Pool {
	const pool = new pg.Pool({
		connectionString: url,
		application_name: 'rembuk',
		max: options.connections ?? 10,
		idleTimeoutMillis: 30_000,
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
		options: SESSION
	});
	// Without listeners a connection that the server cuts ends the whole process. Whoever uses it
	// hears of it from the query; an idle one is replaced by the pool.
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}

type Query = (...question: [pg.QueryConfig, unknown[]?]) => Promise<pg.QueryResult>;
interface Client {
	query: Query;
}

/** Drizzle over something that answers queries. It only ever calls `query`. */
function speakThrough<Face>(client: Client, more: object = {}): Face {
	const orm = drizzle(client as never, { casing: 'snake_case' });
	const rows = async (query: SQL) => (await orm.execute(query)).rows;
	const statement = async (text: string, values: unknown[]) =>
		(await client.query({ text, values })).rows;
	return Object.assign(orm, { rows, statement }, more) as Face;
}

/** One attempt at one transaction on one connection. */
async function transact<T>(
	pool: pg.Pool,
	begin: string,
	holdMs: number | null,
	work: (client: Client) => Promise<T>
): Promise<T> {
	const connection = await persistently(true, () => begun(pool, begin));
	const handle = new Handle(connection);
	let broken: Error | undefined;
	try {
		const value = await (holdMs === null ? work(handle) : withinTime(() => work(handle), holdMs));
		handle.end();
		await commit(connection);
		return value;
	} catch (thrown) {
		handle.end();
		await connection.query('rollback').catch((lost: Error) => (broken = lost));
		throw thrown;
	} finally {
		connection.release(broken);
	}
}

async function begun(pool: pg.Pool, begin: string): Promise<pg.PoolClient> {
	const connection = await pool.connect();
	try {
		await connection.query(begin);
		return connection;
	} catch (thrown) {
		connection.release(true);
		throw thrown;
	}
}

async function commit(connection: pg.PoolClient): Promise<void> {
	const answer = await connection.query('commit').catch((thrown: unknown) => {
		if (!isLostConnection(thrown)) throw thrown;
		throw new CommitUnanswered('the connection broke during a commit', { cause: thrown });
	});
	// PostgreSQL answers ROLLBACK when a statement had failed before.
	if (answer.command !== 'COMMIT') {
		throw new Error('a failed statement was swallowed inside write()');
	}
}

/** A handle that outlives its transaction must not reach a connection that now serves somebody else. */
class Handle implements Client {
	readonly #connection: pg.PoolClient;
	#ended = false;

	constructor(connection: pg.PoolClient) {
		this.#connection = connection;
	}

	end(): void {
		this.#ended = true;
	}

	query: Query = async (...question) => {
		if (this.#ended) throw new Error('this transaction has ended: a query was not awaited');
		return this.#connection.query(...question);
	};
}

/**
 * Tries again after a conflict, and after a lost connection. When the connection broke during a
 * commit the work may have been done already: then only if it is `repeatable` without harm.
 */
async function persistently<T>(repeatable: boolean, work: () => Promise<T>): Promise<T> {
	const deadline = Date.now() + RECONNECT_MS;
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (thrown) {
			const again = isConflict(thrown)
				? attempt < CONFLICT_TRIES
				: isLostConnection(thrown) && Date.now() < deadline;
			const unsafe = thrown instanceof CommitUnanswered && !repeatable;
			if (!again || unsafe) refuse(thrown);
		}
		await nap(attempt);
	}
}

function refuse(thrown: unknown): never {
	throw asRefusal(thrown);
}

/** Longer each time, up to 200 ms, and never the same for two who wait for each other. */
function nap(attempt: number): Promise<void> {
	const longest = Math.min(200, 4 * 2 ** attempt);
	return new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}
