/**
 * How each contestant is spoken to. Hocuspocus writes the document's name before every message and
 * wants a token first; the others speak as y-websocket does. The relay understands nothing.
 */
import * as encoding from 'lib0/encoding';
import { frameOf } from './wire-socket.mjs';

/**
 * @typedef {object} Dialect
 * @property {(id: string) => string} path
 * @property {boolean} answers whether there is anybody who syncs
 * @property {(id: string) => Uint8Array} prefix
 * @property {boolean} asksForToken
 * @property {readonly number[]} sync first numbers of a sync message
 * @property {'total' | 'each' | 'none'} acknowledges a total, or a message for each update
 */

const nothing = new Uint8Array(0);

/** @type {Record<string, Dialect>} */
export const dialects = {
	yjs: {
		path: (id) => `/sync/${id}?ack=1`,
		answers: true,
		prefix: () => nothing,
		asksForToken: false,
		sync: [0],
		acknowledges: 'total'
	},
	hocuspocus: {
		path: () => '/',
		answers: true,
		prefix: (id) => encoding.encode((to) => encoding.writeVarString(to, id)),
		asksForToken: true,
		sync: [0, 4],
		acknowledges: 'each'
	},
	none: {
		path: (id) => `/sync/${id}`,
		answers: false,
		prefix: () => nothing,
		asksForToken: false,
		sync: [0],
		acknowledges: 'none'
	}
};

/** The number of a message in both dialects: ours counts, Hocuspocus says it for each update. */
export const ACKNOWLEDGEMENT = 8;
export const AWARENESS = 1;

/** Frames of one document, ready to be sent. */
export class Speech {
	#prefix;
	dialect;

	/**
	 * @param {Dialect} dialect
	 * @param {string} id
	 */
	constructor(dialect, id) {
		this.dialect = dialect;
		this.#prefix = dialect.prefix(id);
	}

	get prefixBytes() {
		return this.#prefix.length;
	}

	token() {
		return this.#frame((to) => {
			encoding.writeVarUint(to, 2);
			encoding.writeVarUint(to, 0);
			encoding.writeVarString(to, 'bench');
		});
	}

	/**
	 * @param {0 | 1 | 2} step of the sync: what I have, what you lack, an update
	 * @param {Uint8Array} bytes
	 */
	sync(step, bytes) {
		return this.#frame((to) => {
			encoding.writeVarUint(to, 0);
			encoding.writeVarUint(to, step);
			encoding.writeVarUint8Array(to, bytes);
		});
	}

	/** @param {Uint8Array} bytes */
	awareness(bytes) {
		return this.#frame((to) => {
			encoding.writeVarUint(to, AWARENESS);
			encoding.writeVarUint8Array(to, bytes);
		});
	}

	/** @param {(to: encoding.Encoder) => void} write */
	#frame(write) {
		return frameOf(
			encoding.encode((to) => {
				encoding.writeUint8Array(to, this.#prefix);
				write(to);
			})
		);
	}
}
