/**
 * The messages of a socket, read and written (SPEC [WIRE]).
 *
 * What goes out is built once as a complete WebSocket frame and written to every socket as it is:
 * with fifty people in a document the header is worked out once, not fifty times.
 */
import type { Notice } from '../codes.ts';
import { messageType, syncStep } from '../codes.ts';
import { ByteReader, Malformed, putVarUint, varUintLength } from './bytes.ts';

export type Message =
	| { kind: 'step 1'; stateVector: Uint8Array }
	| { kind: 'step 2' | 'update'; update: Uint8Array }
	| { kind: 'awareness'; body: Uint8Array }
	| { kind: 'query awareness' };

/** Views into `frame`: copy what is kept. Throws `Malformed`. */
export function readMessage(frame: Uint8Array): Message {
	const reader = new ByteReader(frame);
	const message = readBody(reader);
	if (!reader.atEnd) throw new Malformed('trailing_bytes');
	return message;
}

function readBody(reader: ByteReader): Message {
	switch (reader.varUint()) {
		case messageType.sync:
			return readSync(reader);
		case messageType.awareness:
			return { kind: 'awareness', body: reader.varBytes() };
		case messageType.queryAwareness:
			return { kind: 'query awareness' };
		default:
			throw new Malformed('unknown_message');
	}
}

function readSync(reader: ByteReader): Message {
	const step = reader.varUint();
	const body = reader.varBytes();
	if (step === syncStep.step1) return { kind: 'step 1', stateVector: body };
	if (step === syncStep.step2) return { kind: 'step 2', update: body };
	if (step === syncStep.update) return { kind: 'update', update: body };
	throw new Malformed('unknown_step');
}

/** Throws `Malformed`. */
export function readStateVector(bytes: Uint8Array): Map<number, number> {
	const reader = new ByteReader(bytes);
	const clocks = new Map<number, number>();
	const count = reader.varUint();
	for (let i = 0; i < count; i++) {
		const client = reader.varUint();
		clocks.set(client, reader.varUint());
	}
	if (!reader.atEnd) throw new Malformed('trailing_bytes');
	return clocks;
}

export function stateVectorOf(clocks: ReadonlyMap<number, number>): Uint8Array {
	const bytes = new Uint8Array(10 + clocks.size * 20);
	let end = putVarUint(bytes, 0, clocks.size);
	for (const [client, clock] of clocks) {
		end = putVarUint(bytes, end, client);
		end = putVarUint(bytes, end, clock);
	}
	return bytes.subarray(0, end);
}

export const step1Frame = (stateVector: Uint8Array): Buffer =>
	frameOf(messageType.sync, syncStep.step1, stateVector);

export const step2Frame = (update: Uint8Array): Buffer =>
	frameOf(messageType.sync, syncStep.step2, update);

export const updateFrame = (update: Uint8Array): Buffer =>
	frameOf(messageType.sync, syncStep.update, update);

/** The update inside a frame of `updateFrame`, in the same memory. */
export const updateIn = (frame: Buffer, updateBytes: number): Uint8Array =>
	frame.subarray(frame.length - updateBytes);

export const awarenessFrame = (body: Uint8Array): Buffer =>
	frameOf(messageType.awareness, null, body);

/**
 * A complete frame of above, split when it is long: with 2G a document takes minutes, and a phone
 * takes a socket for dead on which no message has ended for half a minute (SPEC [WIRE5]).
 */
export function inParts(frame: Buffer): Buffer {
	if (frame.length <= PART_BYTES) return frame;
	const message = frame.subarray(frame[1] === 127 ? 10 : 4);
	const parts: Buffer[] = [];
	for (let at = 0; at < message.length; at += PART_BYTES) {
		const end = at + PART_BYTES;
		const isLast = end < message.length ? 0 : 1;
		parts.push(frameOf(messageType.part, isLast, message.subarray(at, end)));
	}
	return Buffer.concat(parts);
}

/** Five seconds of 50 kbit/s. */
const PART_BYTES = 32 * 1024;

/** How many updates of this socket are on disk. */
export function acknowledgementFrame(count: number): Buffer {
	return frameOf(messageType.acknowledgement, count, null);
}

export function noticeFrame(notice: Notice): Buffer {
	return frameOf(messageType.notice, null, Buffer.from(JSON.stringify(notice)));
}

const FINAL_BINARY = 0x82;

/** A complete frame of the server (unmasked, RFC 6455): one or two numbers, bytes with their length. */
function frameOf(first: number, second: number | null, body: Uint8Array | null): Buffer {
	let length = varUintLength(first);
	if (second !== null) length += varUintLength(second);
	if (body) length += varUintLength(body.length) + body.length;
	const frame = Buffer.allocUnsafe(headerLength(length) + length);
	let at = putVarUint(frame, putHeader(frame, length), first);
	if (second !== null) at = putVarUint(frame, at, second);
	if (body) frame.set(body, putVarUint(frame, at, body.length));
	return frame;
}

function headerLength(length: number): number {
	if (length < 126) return 2;
	return length < 65536 ? 4 : 10;
}

function putHeader(frame: Buffer, length: number): number {
	frame[0] = FINAL_BINARY;
	if (length < 126) {
		frame[1] = length;
	} else if (length < 65536) {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	return headerLength(length);
}
