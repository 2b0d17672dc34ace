/**
 * A long piece of writing: 260,000 operations, each a letter typed or taken back, in the shape of a
 * real paper that was recorded while it was written (182,000 letters typed, 78,000 deleted; mostly at
 * one place for a while, then somewhere else). Always the same.
 */
import * as Y from 'yjs';

export const OPERATIONS = 260_000;

/** Of those who wrote it: one a session, as when a browser is opened again. */
const SESSIONS = 40;
const FIRST_CLIENT = 0x50000000;

/** What is still to come when a document is opened that has been compacted not long ago. */
const TAIL = 100;

/**
 * The whole piece as a server keeps it: most of it in one update, and what came after.
 *
 * @returns {{ update: Uint8Array, tail: Uint8Array[] }}
 */
export function paper() {
	/** @type {Uint8Array[]} */
	const tail = [];
	/** @type {Uint8Array} */
	let update = new Uint8Array();
	write(OPERATIONS, {
		heard: (later) => tail.push(later),
		from: OPERATIONS - TAIL,
		before: (doc) => (update = Y.encodeStateAsUpdate(doc))
	});
	return { update, tail };
}

/**
 * Calls `heard` with every update, in order.
 *
 * @param {number} operations
 * @param {object} listener
 * @param {(update: Uint8Array) => void} listener.heard
 * @param {number} [listener.from] how many operations it does not hear of
 * @param {(doc: Y.Doc) => void} [listener.before] called before the first it hears of
 */
export function write(operations, { heard, from = 0, before = () => {} }) {
	const random = randomFrom(20_261_126);
	let doc = new Y.Doc();
	const perSession = Math.ceil(operations / SESSIONS);
	let done = 0;
	/** @param {(text: Y.Text) => void} change */
	const operate = (change) => {
		if (done === from) {
			before(doc);
			doc.on('update', heard);
		}
		change(doc.getText('title'));
		done++;
	};
	for (let session = 0; done < operations; session++) {
		doc = newSession(doc, FIRST_CLIENT + session);
		if (done > from) doc.on('update', heard);
		writeSession(doc, Math.min(operations - done, perSession), random, operate);
	}
}

/**
 * @param {Y.Doc} before
 * @param {number} client
 */
function newSession(before, client) {
	const doc = new Y.Doc();
	doc.clientID = client;
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(before));
	before.destroy();
	return doc;
}

/**
 * @param {Y.Doc} doc
 * @param {number} operations
 * @param {() => number} random
 * @param {(change: (text: Y.Text) => void) => void} operate
 */
function writeSession(doc, operations, random, operate) {
	const text = doc.getText('title');
	let at = text.length;
	for (let done = 0; done < operations;) {
		if (random() < 0.3) at = Math.floor(random() * (text.length + 1));
		else at = Math.max(0, Math.min(text.length, at + Math.floor((random() - 0.5) * 400)));
		const typed = Math.min(operations - done, 1 + Math.floor(random() * random() * 150));
		for (let n = 0; n < typed; n++) {
			const what = letter(random);
			operate((here) => here.insert(at++, what));
		}
		done += typed;
		// What was just typed is taken back more often than what stands there already.
		const back = random() < 0.7;
		const deleted = Math.floor(random() * random() * 65);
		for (let n = 0; n < deleted && done < operations; n++) {
			if (back ? at === 0 : at === text.length) break;
			if (back) at--;
			operate((here) => here.delete(at, 1));
			done++;
		}
	}
}

const LETTERS = 'aaaaabcdeeeghiiiiklmmnnnnnoprrssttuuy      ,.';

/** @param {() => number} random */
const letter = (random) => LETTERS[Math.floor(random() * LETTERS.length)] ?? ' ';

/**
 * Numbers from 0 to 1 that look random and are the same in every run.
 *
 * @param {number} seed
 */
function randomFrom(seed) {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
