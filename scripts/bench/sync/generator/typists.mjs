/** People who type until the server is killed, and know what they were told about it. */
import { pause, Phone } from './phone.mjs';
import { writersOf } from './writers.mjs';

const EACH_MS = 20;
const LONGEST = 3_000;

/** @type {Typist[]} */
let typists = [];

/** @param {{ port: number, dialect: string, ids: readonly string[], people: number }} plan */
export async function seatTypists({ ids, people, ...where }) {
	const writers = writersOf(people, LONGEST);
	typists = ids.flatMap((id) =>
		writers.map((writer, place) => new Typist({ ...where, id }, place, writer))
	);
	await Promise.all(typists.map(({ phone }) => phone.synced));
}

/**
 * Types a letter every 20 ms and person, until the server is gone.
 *
 * @returns {Promise<{ id: string, client: number, clock: number, told: number }[]>} per person: up to
 *   which clock of his number everything was acknowledged, and how many edits that are
 */
export async function typeUntilKilled() {
	while (typists.some(({ isGone }) => !isGone)) {
		for (const typist of typists) typist.type();
		await pause(EACH_MS);
	}
	return typists.map((typist) => typist.confirmed());
}

class Typist {
	#id;
	#writer;
	#typed = 0;
	#told = 0;
	isGone = false;
	phone;

	/**
	 * @param {{ port: number, dialect: string, id: string }} where
	 * @param {number} place
	 * @param {import('./writers.mjs').Writer} writer
	 */
	constructor(where, place, writer) {
		this.#id = where.id;
		this.#writer = writer;
		this.phone = new Phone(
			{ ...where, cookie: `${where.id}-${place}` },
			{
				acknowledged: (total) => (this.#told = total - 1), // step 2 is the first
				closed: () => (this.isGone = true)
			}
		);
	}

	type() {
		const update = this.#writer.updates[this.#typed];
		if (this.isGone || !update) return;
		this.#typed++;
		this.phone.send(this.phone.speech.sync(2, update));
	}

	confirmed() {
		const { client, ends } = this.#writer;
		const told = Math.max(0, this.#told);
		return { id: this.#id, client, told, clock: told > 0 ? (ends[told - 1] ?? 0) : 0 };
	}
}
