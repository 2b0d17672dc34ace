/**
 * People who type, worked out beforehand: each with a `Y.Doc` of his own, so that the updates are
 * those of real phones; none builds on another's, so that they may arrive in any order.
 *
 * The same people type in every document, which costs their work only once.
 */
import * as Y from 'yjs';
import * as encoding from 'lib0/encoding';

/** Client numbers as long as those that Yjs draws. */
export const FIRST_CLIENT = 0x40000000;

/**
 * @typedef {object} Writer
 * @property {number} client
 * @property {Uint8Array[]} updates
 * @property {Float64Array} ends the clock after each of them
 */

/**
 * @param {number} people
 * @param {number} edits of each
 * @returns {Writer[]}
 */
export function writersOf(people, edits) {
	return Array.from({ length: people }, (_, n) => writer(FIRST_CLIENT + n, edits));
}

/**
 * Opens a row of a plan and types a sentence into one of its fields, letter by letter; a slip now
 * and then is put right in the same stroke, as phones with word prediction do.
 *
 * @param {number} client
 * @param {number} edits
 * @returns {Writer}
 */
function writer(client, edits) {
	const doc = new Y.Doc();
	doc.clientID = client;
	/** @type {Uint8Array[]} */
	const updates = [];
	doc.on('update', (/** @type {Uint8Array} */ update) => updates.push(update));
	const text = new Y.Text();
	doc.transact(() => {
		const row = new Y.Map();
		doc.getMap('rows').set(`row-${client}`, row);
		row.set('pos', 'a0');
		row.set('title', text);
	});
	const ends = new Float64Array(edits);
	ends[0] = clockOf(doc);
	for (let n = 1; n < edits; n++) {
		doc.transact(() => {
			if (n % 20 === 0) text.delete(text.length - 1, 1);
			text.insert(n % 50 === 0 ? text.length >> 1 : text.length, letter(n));
		});
		ends[n] = clockOf(doc);
	}
	doc.destroy();
	return { client, updates, ends };
}

const SENTENCE = 'kelompok membaca warga desa bertemu setiap hari sabtu di balai ';
/** @param {number} n */
const letter = (n) => SENTENCE[n % SENTENCE.length] ?? ' ';

/** @param {Y.Doc} doc */
const clockOf = (doc) => Y.getState(doc.store, doc.clientID);

/**
 * Where somebody is, as an awareness update.
 *
 * @param {number} client
 * @param {number} clock
 */
export function cursorOf(client, clock) {
	const relative = { type: null, tname: `row-${client}.title`, item: { client, clock }, assoc: 0 };
	const state = {
		user: { name: `Orang ${client}`, color: '#30bced' },
		field: `row-${client}.title`,
		cursor: { anchor: relative, head: relative }
	};
	return encoding.encode((to) => {
		encoding.writeVarUint(to, 1);
		encoding.writeVarUint(to, client);
		encoding.writeVarUint(to, clock);
		encoding.writeVarString(to, JSON.stringify(state));
	});
}
