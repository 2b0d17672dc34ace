/**
 * News between the processes that share one database.
 *
 * A hint, never the truth: the tables are the truth. News may be lost while a connection is down,
 * arrive twice or late; whoever listens is told when something may have been missed and reads again.
 */
import { engineOf } from './db/dialect.ts';
import type { Log } from './log.ts';

export interface Bus {
	/**
	 * Tells all other processes, not this one. Waits for a lost connection to come back, and for
	 * nobody: what does not fit in the queue by then is forgotten, oldest first. Throws when `body`
	 * has more than `BUS_BODY_BYTES`.
	 *
	 * @param topic letters and underscores
	 */
	publish(topic: string, body: string): void;
	/** Returns the function that stops listening. */
	subscribe(topic: string, listener: BusListener): () => void;
	close(): Promise<void>;
}

export interface BusListener {
	hear(body: string): void;
	/** The connection is there, for the first time or again: what was said before may be missing. */
	missed(): void;
}

/** PostgreSQL lets 7,999 bytes through; some go for who speaks. */
export const BUS_BODY_BYTES = 7_950;

/** Null on SQLite: one process owns the file, so there is nobody to talk to. */
export async function openBus(databaseUrl: string, log: Log): Promise<Bus | null> {
	if (engineOf(databaseUrl) === 'sqlite') return null;
	return (await import('./db/postgres-bus.ts')).openPostgresBus(databaseUrl, log);
}
