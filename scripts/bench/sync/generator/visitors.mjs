/** People who open documents: one after the other, all at once, or to sit there and do nothing. */
import { Phone } from './phone.mjs';

/**
 * @typedef {object} Where
 * @property {number} port
 * @property {string} dialect
 */

const AT_ONCE = 50;

/** @type {Phone[]} */
const sitting = [];

/**
 * Opens so many sockets in each document and leaves them open.
 *
 * @param {Where & { ids: readonly string[], each: number }} plan
 */
export async function sit({ ids, each, ...where }) {
	let opening = [];
	for (let n = 0; n < ids.length * each; n++) {
		const id = ids[n % ids.length] ?? '';
		const phone = new Phone({ ...where, id, cookie: `sitting-${sitting.length}` });
		sitting.push(phone);
		opening.push(phone.synced);
		if (opening.length < AT_ONCE) continue;
		await Promise.all(opening);
		opening = [];
	}
	await Promise.all(opening);
}

/**
 * Opens these sockets and leaves them open.
 *
 * @param {Where & { seats: readonly { id: string, cookie: string }[] }} plan
 */
export async function sitAt({ seats, ...where }) {
	for (let n = 0; n < seats.length; n += AT_ONCE) {
		const phones = seats.slice(n, n + AT_ONCE).map((seat) => new Phone({ ...where, ...seat }));
		sitting.push(...phones);
		await Promise.all(phones.map(({ synced }) => synced));
	}
}

/** How many of those who sat down still sit there. */
export const seated = () => sitting.filter(({ isSynced }) => isSynced).length;

/**
 * Opens documents one after the other and leaves again. Milliseconds until each was there.
 *
 * @param {Where & { ids: readonly string[] }} plan
 */
export async function openInTurn({ ids, ...where }) {
	const tookMs = [];
	for (const id of ids) {
		const started = performance.now();
		const phone = new Phone({ ...where, id });
		await phone.synced;
		tookMs.push(performance.now() - started);
		phone.end();
	}
	return tookMs;
}

/**
 * Opens one document from many phones at the same moment. Milliseconds until the last had all of it.
 *
 * @param {Where & { id: string, people: number }} plan
 */
export async function openTogether({ id, people, ...where }) {
	const started = performance.now();
	const phones = Array.from({ length: people }, () => new Phone({ ...where, id }));
	await Promise.all(phones.map(({ synced }) => synced));
	const tookMs = performance.now() - started;
	for (const phone of phones) phone.end();
	return tookMs;
}
