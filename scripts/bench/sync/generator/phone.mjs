/** One person's phone in one document: opens it, and tells what it hears. */
import { ACKNOWLEDGEMENT, AWARENESS, dialects, Speech } from './dialect.mjs';
import { WireSocket } from './wire-socket.mjs';

const EMPTY = Uint8Array.of(0, 0);
const NOTHING_YET = Uint8Array.of(0);

/**
 * @typedef {object} Hears what arrives; bytes are views, gone after the call
 * @property {(update: Uint8Array) => void} [update]
 * @property {(bytes: number) => void} [content] all of a document, on opening
 * @property {(total: number) => void} [acknowledged]
 * @property {() => void} [cursor]
 * @property {(code: number) => void} [closed]
 */

export class Phone {
	#socket;
	#hears;
	#acknowledged = 0;
	/** @type {PromiseWithResolvers<void>} */
	#whenSynced = Promise.withResolvers();
	#synced = false;
	speech;

	/**
	 * @param {{ port: number, dialect: string, id: string, cookie?: string, have?: Uint8Array }} where
	 *   `have` is the state vector it says it has
	 * @param {Hears} hears
	 */
	constructor({ port, dialect, id, cookie, have = NOTHING_YET }, hears = {}) {
		const words = dialects[dialect] ?? dialects.yjs;
		if (!words) throw new Error(dialect);
		this.#hears = hears;
		this.speech = new Speech(words, id);
		this.#whenSynced.promise.catch(() => {});
		const opened = () => {
			if (words.asksForToken) this.#socket.send(this.speech.token());
			if (words.answers) this.#socket.send(this.speech.sync(0, have));
			else this.#nowSynced();
		};
		this.#socket = new WireSocket(
			{ port, path: words.path(id), ...(cookie && { headers: { cookie } }) },
			{ opened, heard: (message) => this.#heard(message), closed: (code) => this.#closed(code) }
		);
	}

	/** Resolves when the document's content has arrived; rejects when the door stays shut. */
	get synced() {
		return this.#whenSynced.promise;
	}

	get isSynced() {
		return this.#synced;
	}

	get socket() {
		return this.#socket;
	}

	/** @param {Buffer} frame */
	send(frame) {
		this.#socket.send(frame);
	}

	end() {
		this.#socket.end();
	}

	#nowSynced() {
		this.#synced = true;
		this.#whenSynced.resolve();
	}

	/** @param {number} code */
	#closed(code) {
		this.#synced = false;
		this.#whenSynced.reject(new Error(`closed with ${code}`));
		this.#hears.closed?.(code);
	}

	/** @param {Buffer} message */
	#heard(message) {
		const at = this.speech.prefixBytes;
		const type = message[at] ?? 0;
		const { sync, acknowledges } = this.speech.dialect;
		if (sync.includes(type)) return this.#heardSync(message, at + 1);
		if (type === AWARENESS) return this.#hears.cursor?.();
		if (type !== ACKNOWLEDGEMENT || acknowledges === 'none') return;
		if (acknowledges === 'each') this.#acknowledged++;
		else this.#acknowledged = numberAt(message, at + 1).value;
		this.#hears.acknowledged?.(this.#acknowledged);
	}

	/**
	 * @param {Buffer} message
	 * @param {number} at
	 */
	#heardSync(message, at) {
		const step = message[at];
		const { value: length, next } = numberAt(message, at + 1);
		if (step === 0) return this.#socket.send(this.speech.sync(1, EMPTY));
		if (step === 2) return this.#hears.update?.(message.subarray(next, next + length));
		this.#hears.content?.(length);
		if (length > EMPTY.length) this.#hears.update?.(message.subarray(next, next + length));
		this.#nowSynced();
	}
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function numberAt(bytes, at) {
	let value = 0;
	let place = 1;
	let next = at;
	for (;;) {
		const byte = bytes[next++] ?? 0;
		value += (byte & 127) * place;
		if (byte < 128) return { value, next };
		place *= 128;
	}
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
