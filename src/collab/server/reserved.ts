/**
 * Client numbers that somebody has shown in presence (SPEC [PRS6]).
 *
 * Everybody in a document sees them, often before their owner has written a letter. Whoever wrote
 * under one first would own it, and its owner would be refused from then on.
 */

/** As many as one step 2 may bring: a phone that was reloaded many times. */
const NUMBERS_A_PERSON = 64;

export class Reserved {
	readonly #holders = new Map<number, string>();
	readonly #byPerson = new Map<string, number[]>();

	/** Whose a number is that nobody has written under yet. */
	holderOf(clientId: number): string | undefined {
		return this.#holders.get(clientId);
	}

	/** The first to show it keeps it; of one person the oldest is forgotten when there are too many. */
	reserve(clientId: number, personId: string): void {
		if (this.#holders.has(clientId)) return;
		const own = this.#byPerson.get(personId) ?? [];
		this.#byPerson.set(personId, own);
		own.push(clientId);
		this.#holders.set(clientId, personId);
		const [oldest] = own;
		if (own.length <= NUMBERS_A_PERSON || oldest === undefined) return;
		own.shift();
		this.#holders.delete(oldest);
	}
}
