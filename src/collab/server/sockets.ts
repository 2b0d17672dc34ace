import type { Connection } from './connection.ts';

/** The open sockets of this process, in the order in which they came. */
export class Sockets {
	readonly #all = new Set<Connection>();
	readonly #byPerson = new Map<string, Set<Connection>>();

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
		const own = this.#byPerson.get(id) ?? new Set();
		this.#byPerson.set(id, own.add(connection));
		this.#all.add(connection);
	}

	delete(connection: Connection): void {
		const { id } = connection.person;
		this.#all.delete(connection);
		const own = this.#byPerson.get(id);
		own?.delete(connection);
		if (own?.size === 0) this.#byPerson.delete(id);
	}
}
