import type { Connection } from './connection.ts';

/** The open sockets of this process, in the order in which they came. */
export class Sockets {
	readonly #all = new Set<Connection>();
	readonly #byPerson = new Map<string, Connection[]>();

	get size(): number {
		return this.#all.size;
	}

	[Symbol.iterator](): IterableIterator<Connection> {
		return this.#all.values();
	}

	has(connection: Connection): boolean {
		return this.#all.has(connection);
	}

	of(personId: string): Iterable<Connection> {
		return this.#byPerson.get(personId) ?? [];
	}

	add(connection: Connection): void {
		const { id } = connection.person;
		// Nearly everybody has one. A list of one takes a quarter of the memory of a set.
		const own = this.#byPerson.get(id);
		if (own) own.push(connection);
		else this.#byPerson.set(id, [connection]);
		this.#all.add(connection);
	}

	delete(connection: Connection): void {
		const { id } = connection.person;
		this.#all.delete(connection);
		const left = this.#byPerson.get(id)?.filter((other) => other !== connection) ?? [];
		if (left.length > 0) this.#byPerson.set(id, left);
		else this.#byPerson.delete(id);
	}
}
