/** Awareness updates of y-protocols, read and written: entries of client number, clock and JSON. */
import { ByteReader, Malformed, putVarUint, varUintLength } from './bytes.ts';

export interface Heard {
	readonly clientId: number;
	readonly clock: number;
	/** Null: it has left. */
	readonly state: unknown;
	/** The state as it came. */
	readonly text: Uint8Array;
}

const ENTRIES = 1000;

/** What somebody says about people. Throws `Malformed`. */
export function readEntries(body: Uint8Array): Heard[] {
	const reader = new ByteReader(body);
	const count = reader.varUint();
	if (count > ENTRIES) throw new Malformed('too_many_entries');
	const entries: Heard[] = [];
	for (let i = 0; i < count; i++) {
		const clientId = reader.varUint();
		const clock = reader.varUint();
		const text = reader.varText();
		entries.push({ clientId, clock, state: parsed(text), text });
	}
	if (!reader.atEnd) throw new Malformed('trailing_bytes');
	return entries;
}

function parsed(text: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8'));
	} catch {
		throw new Malformed('broken_json');
	}
}

export function entry(clientId: number, clock: number, state: Uint8Array): Uint8Array {
	const numbers = [clientId, clock, state.length];
	const head = numbers.reduce((sum, number) => sum + varUintLength(number), 0);
	const bytes = new Uint8Array(head + state.length);
	let at = 0;
	for (const number of numbers) at = putVarUint(bytes, at, number);
	bytes.set(state, at);
	return bytes;
}

/** Entries as one awareness update. */
export function awarenessUpdate(entries: readonly Uint8Array[]): Uint8Array {
	const count = new Uint8Array(varUintLength(entries.length));
	putVarUint(count, 0, entries.length);
	return Buffer.concat([count, ...entries]);
}
