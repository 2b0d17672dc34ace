/**
 * The client's end of a WebSocket, as thin as it can be: the generator must not be what is measured.
 *
 * Frames are built beforehand and written as they are; what arrives is cut into messages in place.
 */
import { connect } from 'node:net';

/** Masked, as a client must; the server has to undo it. */
const MASK = Buffer.from([0x5a, 0x17, 0xc3, 0x8e]);
const BINARY = 0x82;
const PONG = 0x8a;
const CLOSE = 0x88;

/**
 * A complete frame of a client.
 *
 * @param {Uint8Array} payload
 * @param {number} [first]
 */
export function frameOf(payload, first = BINARY) {
	const { length } = payload;
	const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(header + 4 + length);
	frame[0] = first;
	frame[1] = 0x80 | (header === 2 ? length : header === 4 ? 126 : 127);
	if (header === 4) frame.writeUInt16BE(length, 2);
	if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2);
	MASK.copy(frame, header);
	for (let i = 0; i < length; i++) {
		frame[header + 4 + i] = (payload[i] ?? 0) ^ (MASK[i & 3] ?? 0);
	}
	return frame;
}

/**
 * @typedef {object} Listener
 * @property {() => void} opened
 * @property {(message: Buffer) => void} heard a view: gone after the call
 * @property {(code: number) => void} closed 1006 when nobody said why, an HTTP status when refused
 */

export class WireSocket {
	#socket;
	#listener;
	/** @type {Buffer | null} */
	#rest = null;
	#isOpen = false;
	#isClosed = false;

	/**
	 * @param {{ port: number, path: string, headers?: Record<string, string> }} where
	 * @param {Listener} listener
	 */
	constructor({ port, path, headers = {} }, listener) {
		this.#listener = listener;
		this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
		const rows = Object.entries({
			host: `127.0.0.1:${port}`,
			origin: `http://127.0.0.1:${port}`,
			connection: 'Upgrade',
			upgrade: 'websocket',
			'sec-websocket-version': '13',
			'sec-websocket-key': 'cmVtYnVrLWJlbmNoLTAwMQ==',
			...headers
		}).map(([name, value]) => `${name}: ${value}\r\n`);
		this.#socket.write(`GET ${path} HTTP/1.1\r\n${rows.join('')}\r\n`);
		this.#socket.on('data', (/** @type {Buffer} */ data) => this.#receive(data));
		this.#socket.on('error', () => {});
		this.#socket.on('close', () => this.#close(1006));
	}

	/** @param {Buffer} frame from `frameOf` */
	send(frame) {
		this.#socket.write(frame);
	}

	/** What waits here because the server does not read. */
	get waitingBytes() {
		return this.#socket.writableLength;
	}

	pause() {
		this.#socket.pause();
	}

	end() {
		this.#isClosed = true;
		this.#socket.destroy();
	}

	/** @param {number} code */
	#close(code) {
		if (this.#isClosed) return;
		this.end();
		this.#listener.closed(code);
	}

	/** @param {Buffer} data */
	#receive(data) {
		let all = this.#rest ? Buffer.concat([this.#rest, data]) : data;
		this.#rest = null;
		if (!this.#isOpen) {
			const end = all.indexOf('\r\n\r\n');
			if (end < 0) return void (this.#rest = all);
			const status = Number(all.toString('latin1', 9, 12));
			if (status !== 101) return this.#close(status);
			this.#isOpen = true;
			all = all.subarray(end + 4);
			this.#listener.opened();
		}
		const read = this.#readFrames(all);
		if (read < all.length && !this.#isClosed) this.#rest = all.subarray(read);
	}

	/**
	 * @param {Buffer} all
	 * @returns {number} how many bytes were whole frames
	 */
	#readFrames(all) {
		let at = 0;
		while (at + 2 <= all.length && !this.#isClosed) {
			let length = (all[at + 1] ?? 0) & 127;
			let start = at + 2;
			if (length === 126) {
				if (at + 4 > all.length) break;
				length = all.readUInt16BE(at + 2);
				start = at + 4;
			} else if (length === 127) {
				if (at + 10 > all.length) break;
				length = Number(all.readBigUInt64BE(at + 2));
				start = at + 10;
			}
			if (start + length > all.length) break;
			this.#hear(all[at] ?? 0, all.subarray(start, start + length));
			at = start + length;
		}
		return at;
	}

	/**
	 * @param {number} first
	 * @param {Buffer} payload
	 */
	#hear(first, payload) {
		if (first === BINARY) this.#listener.heard(payload);
		else if (first === 0x89) this.send(frameOf(payload, PONG));
		else if (first === CLOSE) this.#close(payload.length >= 2 ? payload.readUInt16BE(0) : 1005);
	}
}
