/**
 * The queue of one person on this phone, in IndexedDB. What is put in survives a closed tab and a
 * phone that is switched off; it leaves only when the server has answered, or when its person removes
 * it. Signing out removes the whole database (its name begins with the person).
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { newId } from '../ids.ts';
import type { Operation, Outcome, Result } from '../operations.ts';

/** What somebody did, before it has a number. */
export interface Written extends Pick<Operation, 'kind' | 'subject' | 'fields'> {
	/** The same in words, for the person to read and copy; it is not sent. */
	readonly words?: string;
}

export interface Queued extends Omit<Operation, 'outbox'>, Written {
	/** Why the server would not have it; the text stays here. Empty: it said no more than no. */
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
	/** 'outbox': the name of this queue; other names: what a page remembers of this person. */
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

	/**
	 * Resolves when it is on the disk; rejects when it is not, as on a phone that is full. An earlier
	 * one on the same subject that still waits goes in the same step.
	 */
	async put(written: Written): Promise<Queued> {
		const tx = this.#db.transaction('operations', 'readwrite', { durability: 'strict' });
		const made = { id: newId(), ...written };
		const work = async () => {
			const earlier = await tx.store.index('subject').getAllKeys(written.subject);
			const seq = await tx.store.add(made as Queued);
			await Promise.all(earlier.map((key) => tx.store.delete(key)));
			return seq;
		};
		const [seq] = await Promise.all([work(), tx.done]);
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
	async settle({ seq }: Pick<Operation, 'seq'>, outcome: Outcome): Promise<void> {
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

	/** Lets go of one for good. */
	async remove(seq: number): Promise<void> {
		await this.#db.delete('operations', seq);
	}

	/** One that was refused is sent once more. */
	async tryAgain(seq: number): Promise<void> {
		const tx = this.#db.transaction('operations', 'readwrite');
		const known = await tx.store.get(seq);
		if (known) {
			const { refusal: _, ...again } = known;
			await tx.store.put(again);
		}
		await tx.done;
	}

	/** The last of each subject that arrived. */
	sent(): Promise<Sent[]> {
		return this.#db.getAll('sent');
	}

	async sentOn(subject: string): Promise<Sent | undefined> {
		return this.#db.get('sent', subject);
	}

	/** What a page of this person keeps here beside the queue, under a name of its own; undefined: nothing. */
	async recall<State>(name: string): Promise<State | undefined> {
		return (await this.#db.get('about', name)) as State | undefined;
	}

	/** Rejects when the phone is full. */
	async remember(name: string, state: unknown): Promise<void> {
		await this.#db.put('about', state, name);
	}

	async forget(name: string): Promise<void> {
		await this.#db.delete('about', name);
	}

	/** The names of what is kept that begin like this. */
	async remembered(beginning: string): Promise<string[]> {
		const names = await this.#db.getAllKeys('about');
		return names.filter((name) => name.startsWith(beginning));
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
	return new Outbox(person, db, await nameOf(db));
}

/** Read and given in one step: two tabs that open it at once call it the same. */
async function nameOf(db: IDBPDatabase<Tables>): Promise<string> {
	const tx = db.transaction('about', 'readwrite');
	const known = await tx.store.get('outbox');
	const name = typeof known === 'string' ? known : newId();
	if (known !== name) await tx.store.put(name, 'outbox');
	await tx.done;
	return name;
}
