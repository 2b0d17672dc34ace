/**
 * Reading and writing the variable-length numbers of lib0, with bounds.
 *
 * Reads are at least as strict as lib0's: what passes here never throws there.
 */
import { isUtf8 } from 'node:buffer';

/** The bytes are not what they claim to be. The reason is for counters and logs, not for people. */
export class Malformed extends Error {
	readonly reason: string;

	constructor(reason: string) {
		super(reason);
		this.reason = reason;
	}
}

/** Padded with empty bytes a number could be endless, and Infinity times zero is no number. */
const LARGEST_PLACE = 2 ** 63;

export class ByteReader {
	readonly bytes: Uint8Array;
	position = 0;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	get atEnd(): boolean {
		return this.position === this.bytes.length;
	}

	byte(): number {
		const value = this.bytes[this.position++];
		if (value === undefined) throw new Malformed('ends_early');
		return value;
	}

	varUint(): number {
		let value = 0;
		let place = 1;
		for (;;) {
			const next = this.byte();
			value += (next & 127) * place;
			if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('number_too_large');
			if (next < 128) return value;
			place *= 128;
			if (place > LARGEST_PLACE) throw new Malformed('number_too_large');
		}
	}

	/** A signed number: six bits and a sign in the first byte, seven in each that follows. */
	skipVarInt(): void {
		let next = this.byte();
		let value = next & 63;
		let place = 64;
		while (next >= 128) {
			next = this.byte();
			value += (next & 127) * place;
			if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('number_too_large');
			place *= 128;
			if (place > LARGEST_PLACE) throw new Malformed('number_too_large');
		}
	}

	skip(length: number): void {
		if (this.position + length > this.bytes.length) throw new Malformed('ends_early');
		this.position += length;
	}

	/** A view, not a copy: it pins the whole read buffer for as long as it is kept. */
	varBytes(): Uint8Array {
		const length = this.varUint();
		const start = this.position;
		this.skip(length);
		return this.bytes.subarray(start, start + length);
	}

	/** The bytes of a string. lib0 decodes strictly, so a broken one must not get past here. */
	varText(): Uint8Array {
		const text = this.varBytes();
		if (!isUtf8(text)) throw new Malformed('broken_text');
		return text;
	}
}

/** Length in UTF-16 units, which is what Yjs counts, of bytes known to be valid UTF-8. */
export function utf16Length(text: Uint8Array): number {
	let length = 0;
	for (const byte of text) {
		if ((byte & 0xc0) === 0x80) continue;
		length += byte >= 0xf0 ? 2 : 1;
	}
	return length;
}

export function varUintLength(value: number): number {
	let length = 1;
	for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++;
	return length;
}

/** Writes at `at`, returns the position behind it. */
export function putVarUint(target: Uint8Array, at: number, value: number): number {
	let rest = value;
	let position = at;
	while (rest > 127) {
		target[position++] = 128 | (rest % 128);
		rest = Math.floor(rest / 128);
	}
	target[position++] = rest;
	return position;
}

export function varUints(...values: number[]): Uint8Array {
	const bytes = new Uint8Array(values.reduce((sum, value) => sum + varUintLength(value), 0));
	let position = 0;
	for (const value of values) position = putVarUint(bytes, position, value);
	return bytes;
}
