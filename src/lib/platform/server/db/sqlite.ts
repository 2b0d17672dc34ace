/** SQLite: one writer with a queue, one connection for single reads, a few for snapshots. */
import { sqliteFile } from './dialect.ts';
import type { Db, OpenOptions, Read } from './index.ts';
import { claimFile, openReader, openWriter, type Connection } from './sqlite-connections.ts';
import { Handle, speakThrough, StatementCache } from './sqlite-handle.ts';
import { SqliteWriter } from './sqlite-writer.ts';

export function openSqlite(url: string, options: OpenOptions = {}): Db {
	const file = sqliteFile(url);
	const release = options.lock === false ? () => {} : claimFile(file);
	try {
		return assemble(file, options, release);
	} catch (thrown) {
		release();
		throw thrown;
	}
}

function assemble(file: string, options: OpenOptions, release: () => void): Db {
	const writer = new SqliteWriter(openWriter(file), options.holdMs);
	const reader = openReader(file);
	const snapshots = new Snapshots(file);
	const close = async () => {
		reader.close();
		snapshots.close();
		await writer.close();
		release();
	};
	let closing: Promise<void> | null = null;
	return {
		engine: 'sqlite',
		read: speakThrough<Read>(new Handle(new StatementCache(reader), false)),
		snapshot: (ask) => snapshots.take(ask),
		write: (change) => writer.write(change),
		// There is only one writer, so nobody else can touch the rows meanwhile.
		writeUnderRowLocks: (change) => writer.write(change),
		scrub: () => writer.scrub(),
		close: () => (closing ??= close())
	};
}

/** Connections that hold one moment still. A few are kept: opening one reads the whole schema. */
class Snapshots {
	readonly #file: string;
	readonly #idle: Asking[] = [];
	readonly #keep = 4;
	#closed = false;

	constructor(file: string) {
		this.#file = file;
	}

	async take<T>(ask: (read: Read) => Promise<T>): Promise<T> {
		const asking = this.#idle.pop() ?? newAsking(this.#file);
		try {
			asking.say.begin();
			asking.handle.begin();
			return await ask(asking.read);
		} finally {
			asking.handle.end();
			asking.say.commit();
			this.#putBack(asking);
		}
	}

	close(): void {
		this.#closed = true;
		for (const { connection } of this.#idle.splice(0)) connection.close();
	}

	#putBack(asking: Asking): void {
		if (this.#closed || this.#idle.length >= this.#keep) asking.connection.close();
		else this.#idle.push(asking);
	}
}

/**
 * A connection, and what was made ready on it: a page takes longer to put questions together than to
 * ask. Who keeps `read` is told when the snapshot has ended, but not once another has begun on it.
 */
interface Asking {
	readonly connection: Connection;
	readonly handle: Handle;
	readonly read: Read;
	readonly say: { begin(): void; commit(): void };
}

function newAsking(file: string): Asking {
	const connection = openReader(file);
	const handle = new Handle(new StatementCache(connection), true);
	const [begin, commit] = [connection.prepare('BEGIN'), connection.prepare('COMMIT')];
	const say = { begin: () => void begin.run(), commit: () => void commit.run() };
	return { connection, handle, read: speakThrough<Read>(handle), say };
}
