/** One phone types the long paper into a document, letter by letter, as fast as it is taken. */
import * as Y from 'yjs';
import { OPERATIONS, write } from '../trace.mjs';
import { pause, Phone } from './phone.mjs';

const WAITING_BYTES = 256 * 1024;
const EMPTY = Uint8Array.of(0);

/**
 * Milliseconds until somebody else in the document has all of it; null when the server sent the
 * typist away before that.
 *
 * @param {{ port: number, dialect: string, id: string }} where
 */
export async function typePaper(where) {
	/** @type {Uint8Array[]} */
	const updates = [];
	write(OPERATIONS, { heard: (update) => updates.push(update) });
	const wanted = clocksOf(updates);
	/** @type {Map<number, number>} */
	const heard = new Map();
	const neighbour = new Phone(where, { update: (update) => reach(update, heard) });
	const phone = new Phone({ ...where, cookie: 'typist' });
	await Promise.all([neighbour.synced, phone.synced]);
	const started = performance.now();
	for (const [n, update] of updates.entries()) {
		phone.send(phone.speech.sync(2, update));
		if (n % 100 !== 0) continue;
		while (phone.socket.waitingBytes > WAITING_BYTES) await pause(1);
	}
	while ([...wanted].some(([client, clock]) => (heard.get(client) ?? 0) < clock)) {
		if (!phone.isSynced) break;
		await pause(5);
	}
	const tookMs = phone.isSynced ? performance.now() - started : null;
	phone.end();
	neighbour.end();
	return tookMs;
}

/** @param {readonly Uint8Array[]} updates */
function clocksOf(updates) {
	const clocks = new Map();
	for (const update of updates) reach(update, clocks);
	return clocks;
}

/**
 * @param {Uint8Array} update
 * @param {Map<number, number>} clocks
 */
function reach(update, clocks) {
	if (update.length <= EMPTY.length) return;
	for (const [client, to] of Y.parseUpdateMeta(update).to) {
		clocks.set(client, Math.max(clocks.get(client) ?? 0, to));
	}
}
