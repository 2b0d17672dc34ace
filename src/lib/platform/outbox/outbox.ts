/**
 * The queue of one person on this phone, in IndexedDB. What is put in survives a closed tab and a
 * phone that is switched off; it leaves only when the server has answered, or when its person removes
 * it. Signing out removes the whole database (its name begins with the person).
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { newId } from '../ids.ts';
import type { Operation, Outcome, Result } from '../operations.ts';

export interface Queued extends Omit<Operation, 'outbox'> {
	/** Why the server would not have it; the text stays here. */
	readonly refusal?: string;
}

export interface Sent {
	readonly subject: string;
	readonly kind: string;
	readonly fields: Operation['fields'];
	readonly result: Result;
}

interface Tables extends DBSchema {
	operations: { key: number; value: Queued; indexes: { subject: string } };
	/** The last of each subject that arrived. */
	sent: { key: string; value: Sent };
	/** 'outbox': the name of this queue; 'own': what the server knows of the person. */
	about: { key: string; value: unknown };
}

const databaseOf = (person: string) => `rembuk:${person}:kiriman`;

/** Whose queue a database is, or null when it is none. */
export const personOf = (database: string) =>
	/^rembuk:([^:]+):kiriman$/.exec(database)?.[1] ?? null;

export class Outbox {
	readonly person: string;
	readonly #db: IDBPDatabase<Tables>;
	readonly #name: string;

	constructor(person: string, db: IDBPDatabase<Tables>, name: string) {
		this.person = person;
		this.#db = db;
		this.#name = name;
	}

	/** Resolves when it is on the disk. An earlier one on the same subject that still waits goes. */
	async put(kind: string, subject: string, fields: Operation['fields']): Promise<Queued> {
		const tx = this.#db.transaction('operations', 'readwrite', { durability: 'strict' });
		const earlier = await tx.store.index('subject').getAllKeys(subject);
		const made = { id: newId(), kind, subject, fields };
		const seq = await tx.store.add(made as Queued);
		await Promise.all(earlier.map((key) => tx.store.delete(key)));
		await tx.done;
		return { ...made, seq };
	}

	/** Everything that has not arrived, refused ones too, in the order it was written. */
	queued(): Promise<Queued[]> {
		return this.#db.getAll('operations');
	}

	async waiting(): Promise<Operation[]> {
		const queued = await this.queued();
		return queued
			.filter(({ refusal }) => refusal === undefined)
			.map(({ id, seq, kind, subject, fields }) => ({
				...{ id, seq, kind, subject, fields },
				outbox: this.#name
			}));
	}

	/** What the server said of one that was sent. One that was replaced meanwhile is not touched. */
	async settle({ seq }: Operation, outcome: Outcome): Promise<void> {
		const tx = this.#db.transaction(['operations', 'sent'], 'readwrite', { durability: 'strict' });
		const now = await tx.objectStore('operations').get(seq);
		if (now && outcome.done) {
			const { subject, kind, fields } = now;
			await tx.objectStore('operations').delete(seq);
			await tx.objectStore('sent').put({ subject, kind, fields, result: outcome.result });
		} else if (now && !outcome.done) {
			await tx.objectStore('operations').put({ ...now, refusal: outcome.sentence });
		}
		await tx.done;
	}

	async remove(seq: number): Promise<void> {
		await this.#db.delete('operations', seq);
	}

	async sentOn(subject: string): Promise<Sent | undefined> {
		return this.#db.get('sent', subject);
	}

	/** What the server knew of the person when it was last asked. */
	async own<State>(): Promise<State | undefined> {
		return (await this.#db.get('about', 'own')) as State | undefined;
	}

	async keepOwn(state: unknown): Promise<void> {
		await this.#db.put('about', state, 'own');
	}

	close(): void {
		this.#db.close();
	}
}

/** Throws where the browser keeps nothing. */
export async function openOutbox(person: string): Promise<Outbox> {
	const db = await openDB<Tables>(databaseOf(person), 1, {
		upgrade(fresh) {
			const operations = fresh.createObjectStore('operations', {
				keyPath: 'seq',
				autoIncrement: true
			});
			operations.createIndex('subject', 'subject');
			fresh.createObjectStore('sent', { keyPath: 'subject' });
			fresh.createObjectStore('about');
		},
		// Signing out in another tab removes it: let go.
		blocking: (_now, _wanted, event) => (event.target as IDBDatabase).close()
	});
	const known = await db.get('about', 'outbox');
	const name = typeof known === 'string' ? known : newId();
	if (known !== name) await db.put('about', name, 'outbox');
	return new Outbox(person, db, name);
}
