/**
 * A crowd that types at a fixed pace, whatever the server does, and notes for every edit when each of
 * the others had it and when its author was told.
 */
import * as Y from 'yjs';
import { pause, Phone } from './phone.mjs';
import { cursorOf, FIRST_CLIENT, writersOf } from './writers.mjs';

/**
 * @typedef {object} CrowdPlan
 * @property {number} port
 * @property {string} dialect
 * @property {number} documents
 * @property {number} people in each document
 * @property {number} editsPerSecond of all together
 * @property {boolean} cursors whether everybody's cursor moves once a second
 * @property {number} seconds how long it may last at most
 * @property {readonly string[]} [ids] of the documents; doc-0, doc-1, … when nobody says
 * @property {readonly (readonly string[])[]} [cookies] of the people in each document
 */

const OPENING_AT_ONCE = 50;
const DRAIN_MS = 10_000;

export class Crowd {
	#plan;
	#writers;
	/** @type {Author[]} */
	#authors = [];
	/** In the order in which they type. @type {Author[]} */
	#order = [];
	#sent = 0;
	#typing = false;
	#passed = new Samples();
	#told = new Samples();
	#delivered = 0;
	#deliveredEver = 0;
	#cursors = 0;
	#sentAtMark = 0;
	#latestMs = 0;

	/** @param {CrowdPlan} plan */
	constructor(plan) {
		this.#plan = plan;
		const { documents, people, editsPerSecond, seconds } = plan;
		const edits = 2 + Math.ceil((editsPerSecond * seconds) / (documents * people));
		this.#writers = writersOf(people, edits);
	}

	async open() {
		const { documents, people, port, dialect, ids, cookies } = this.#plan;
		for (let d = 0; d < documents; d++) {
			/** @type {Author[]} */
			const here = [];
			for (let p = 0; p < people; p++) {
				const writer = this.#writers[p];
				if (!writer) throw new Error('nobody types');
				const id = ids?.[d] ?? `doc-${d}`;
				const cookie = cookies?.[d]?.[p] ?? `${id}-${p}`;
				here.push(new Author({ port, dialect, id, cookie }, writer, here, this));
			}
			this.#authors.push(...here);
			if (this.#authors.length % OPENING_AT_ONCE < people) await this.#everybodySynced();
		}
		await this.#everybodySynced();
		// The first of each document, then the second of each, …
		this.#order = this.#authors.toSorted((a, b) => a.place - b.place);
		for (const author of this.#order) author.type();
		this.#sent = this.#order.length;
		await this.#drained();
	}

	/** Goes on until `stop`. */
	startTyping() {
		this.#typing = true;
		void this.#type();
		if (this.#plan.cursors) void this.#moveCursors();
	}

	/** Everything counted so far is forgotten. */
	mark() {
		this.#passed = new Samples();
		this.#told = new Samples();
		this.#delivered = 0;
		this.#cursors = 0;
		this.#latestMs = 0;
		this.#sentAtMark = this.#sent;
	}

	report() {
		return {
			edits: this.#sent - this.#sentAtMark,
			deliveries: this.#delivered,
			cursors: this.#cursors,
			propagation: this.#passed.summary(),
			acknowledgement: this.#told.summary(),
			/** How far the generator itself fell behind: above a few ms it is what was measured. */
			lateMs: this.#latestMs
		};
	}

	/** Waits for what is under way. Says how many deliveries never came. */
	async stop() {
		this.#typing = false;
		await this.#drained().catch(() => {});
		const missing = this.#expected - this.#deliveredEver;
		for (const author of this.#authors) author.phone.end();
		return { missing };
	}

	/**
	 * @param {number} sinceMs
	 * @param {number} nowMs
	 */
	delivered(sinceMs, nowMs) {
		this.#delivered++;
		this.#deliveredEver++;
		this.#passed.add(nowMs - sinceMs);
	}

	/**
	 * @param {number} sinceMs
	 * @param {number} nowMs
	 */
	told(sinceMs, nowMs) {
		this.#told.add(nowMs - sinceMs);
	}

	cursorMoved() {
		this.#cursors++;
	}

	get #expected() {
		return this.#sent * (this.#plan.people - 1);
	}

	async #everybodySynced() {
		await Promise.all(this.#authors.map(({ phone }) => phone.synced));
	}

	async #drained() {
		const until = performance.now() + DRAIN_MS;
		while (this.#deliveredEver < this.#expected) {
			if (performance.now() > until) throw new Error('edits never arrived');
			await pause(5);
		}
	}

	async #type() {
		const { editsPerSecond } = this.#plan;
		const startedMs = performance.now();
		const before = this.#sent;
		while (this.#typing) {
			const now = performance.now();
			const due = before + Math.floor(((now - startedMs) / 1000) * editsPerSecond);
			const oldest = startedMs + ((this.#sent - before) / editsPerSecond) * 1000;
			if (due > this.#sent) this.#latestMs = Math.max(this.#latestMs, now - oldest);
			for (; this.#sent < due; this.#sent++) this.#order[this.#sent % this.#order.length]?.type();
			await pause(1);
		}
	}

	async #moveCursors() {
		const each = 1000 / this.#order.length;
		const startedMs = performance.now();
		for (let n = 0; this.#typing; await pause(1)) {
			const due = Math.floor((performance.now() - startedMs) / each);
			for (; n < due; n++) this.#order[n % this.#order.length]?.moveCursor();
		}
	}
}

class Author {
	#writer;
	#neighbours;
	#crowd;
	#typed = 0;
	#told = 0;
	#cursorClock = 0;
	/** How many edits of each neighbour have come. @type {number[]} */
	#seen = [];
	/** When each edit was sent. */
	sentAtMs;
	place;
	phone;

	/**
	 * @param {{ port: number, dialect: string, id: string, cookie: string }} where
	 * @param {import('./writers.mjs').Writer} writer
	 * @param {Author[]} neighbours all of the document, this one at its place
	 * @param {Crowd} crowd
	 */
	constructor(where, writer, neighbours, crowd) {
		this.#writer = writer;
		this.#neighbours = neighbours;
		this.#crowd = crowd;
		this.place = neighbours.length;
		this.sentAtMs = new Float64Array(writer.updates.length);
		/** Step 2 is acknowledged too, and comes first. */
		this.phone = new Phone(where, {
			update: (update) => this.#heard(update),
			acknowledged: (total) => this.#acknowledged(total - 1),
			cursor: () => crowd.cursorMoved()
		});
	}

	type() {
		const update = this.#writer.updates[this.#typed];
		if (!update) throw new Error('typed everything that was worked out beforehand');
		this.sentAtMs[this.#typed++] = performance.now();
		this.phone.send(this.phone.speech.sync(2, update));
	}

	moveCursor() {
		const cursor = cursorOf(this.#writer.client, ++this.#cursorClock);
		this.phone.send(this.phone.speech.awareness(cursor));
	}

	/** @param {Uint8Array} update */
	#heard(update) {
		const now = performance.now();
		for (const [client, to] of reach(update)) {
			const place = client - FIRST_CLIENT;
			const neighbour = this.#neighbours[place];
			if (!neighbour || neighbour === this) continue;
			this.#seen[place] = neighbour.passed(this.#seen[place] ?? 0, to, now);
		}
	}

	/**
	 * @param {number} seen how many edits of this author had come
	 * @param {number} to the clock up to which they have come now
	 * @param {number} now
	 */
	passed(seen, to, now) {
		const { ends } = this.#writer;
		let next = seen;
		for (; next < this.#typed && (ends[next] ?? 0) <= to; next++) {
			this.#crowd.delivered(this.sentAtMs[next] ?? 0, now);
		}
		return next;
	}

	/** @param {number} total */
	#acknowledged(total) {
		const now = performance.now();
		for (; this.#told < total; this.#told++) {
			this.#crowd.told(this.sentAtMs[this.#told] ?? 0, now);
		}
	}
}

/**
 * How far an update reaches, per client. Most hold one item: that is read at a glance.
 *
 * @param {Uint8Array} update
 * @returns {Iterable<[number, number]>}
 */
function reach(update) {
	return Y.parseUpdateMeta(update).to;
}

/** Milliseconds, many of them. */
class Samples {
	#all = new Float64Array(65_536);
	#count = 0;

	/** @param {number} ms */
	add(ms) {
		if (this.#count === this.#all.length) {
			const more = new Float64Array(this.#count * 2);
			more.set(this.#all);
			this.#all = more;
		}
		this.#all[this.#count++] = ms;
	}

	summary() {
		if (this.#count === 0) return null;
		const sorted = this.#all.subarray(0, this.#count).toSorted();
		/** @param {number} share */
		const at = (share) =>
			sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
		return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), longestMs: at(1) };
	}
}
