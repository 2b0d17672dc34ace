/**
 * A thousand phones whose server restarts. They come back as our page does, with the same waits; so
 * the peers are given clients that are kinder than their own.
 */
import { retryWaitMs } from '../../../../src/collab/save-state.ts';
import { pause, Phone } from './phone.mjs';

/** @type {Returner[]} */
let all = [];

/** @param {{ port: number, dialect: string, ids: readonly string[], each: number }} plan */
export async function gather({ ids, each, ...where }) {
	all = [];
	for (const id of ids) {
		const here = Array.from({ length: each }, (_, n) => new Returner({ ...where, id }, n));
		all.push(...here);
		await everybodySynced(here);
	}
}

/** How long each was away until all were back, how often they knocked. Asked before the server ends. */
export async function comeBack() {
	// Who was not cut yet is not back.
	while (!all.every(({ cuts, isHere }) => cuts > 0 && isHere)) await pause(20);
	const backMs = all.map(({ backMs }) => backMs).toSorted((a, b) => a - b);
	const knocks = all.reduce((sum, { knocks }) => sum + knocks, 0);
	const cutAgain = all.filter(({ cuts }) => cuts > 1).length;
	for (const one of all) one.leave();
	return {
		longestMs: backMs.at(-1) ?? 0,
		halfMs: backMs[backMs.length >> 1] ?? 0,
		knocks,
		cutAgain
	};
}

/** @param {readonly Returner[]} who */
async function everybodySynced(who) {
	while (!who.every(({ isHere }) => isHere)) await pause(20);
}

class Returner {
	#where;
	#cookie;
	/** @type {Phone} */
	#phone;
	#attempts = 0;
	#cutAtMs = 0;
	#left = false;
	/** How often it was there and was cut. */
	cuts = 0;
	knocks = 0;
	backMs = 0;

	/**
	 * @param {{ port: number, dialect: string, id: string }} where
	 * @param {number} place
	 */
	constructor(where, place) {
		this.#where = where;
		this.#cookie = `${where.id}-${place}`;
		this.#phone = this.#knock();
	}

	get isHere() {
		return this.#phone.isSynced;
	}

	leave() {
		this.#left = true;
		this.#phone.end();
	}

	#knock() {
		const phone = new Phone(
			{ ...this.#where, cookie: this.#cookie },
			{ closed: (code) => this.#closed(code) }
		);
		phone.synced.then(
			() => {
				this.#attempts = 0;
				if (this.#cutAtMs > 0) this.backMs = performance.now() - this.#cutAtMs;
			},
			() => {}
		);
		return phone;
	}

	/** @param {number} code */
	#closed(code) {
		if (this.#left) return;
		if (this.#attempts === 0) {
			this.cuts++;
			if (this.#cutAtMs === 0) this.#cutAtMs = performance.now();
		}
		setTimeout(
			() => {
				if (this.#left) return;
				this.knocks++;
				this.#phone = this.#knock();
			},
			retryWaitMs(this.#attempts++, { code, reason: '' })
		);
	}
}
