/**
 * Who is here, and in which field (SPEC [PRS]).
 *
 * Name, role and colour are written by the server; from the phone come a cursor, a field and whether
 * it is typing. A forged name could otherwise not be removed by its owner any more.
 */
import { COLOURS } from '../codes.ts';
import type { Person, Right } from './admission.ts';
import { ByteReader, Malformed, putVarUint, varUintLength } from './bytes.ts';

/** What a socket is, as far as presence goes. */
export interface Visitor {
	readonly person: Person;
	readonly right: Right;
	/** The one client number it may speak for, once it has spoken. */
	clientId: number | null;
}

interface Shown {
	readonly visitor: Visitor;
	readonly clock: number;
	readonly state: Uint8Array;
}

interface Heard {
	readonly clientId: number;
	readonly clock: number;
	readonly state: unknown;
}

const CLOCK_JUMP = 1000;
const ENTRIES = 1000;
/** 'row.key': names of rows and fields, never text. */
const FIELD = /^[\w.:-]{1,120}$/;

export class Presence {
	readonly #shown = new Map<number, Shown>();
	/** Encoded entries that the others have not been told yet. */
	readonly #news = new Map<number, Uint8Array>();

	get hasNews(): boolean {
		return this.#news.size > 0;
	}

	/**
	 * Takes what one socket says about itself; what it says about others is dropped in silence,
	 * because the y-websocket client repeats what it hears. Throws `Malformed`.
	 *
	 * @param ownerOf whose a client number is in this document, if known
	 */
	hear(
		visitor: Visitor,
		body: Uint8Array,
		ownerOf: (clientId: number) => string | null | undefined
	): void {
		const heard = readEntries(body);
		const first = heard.length === 1 ? heard[0] : undefined;
		if (visitor.clientId === null && first && first.state !== null) {
			this.#claim(visitor, first.clientId, ownerOf);
		}
		for (const entry of heard) {
			if (entry.clientId === visitor.clientId) this.#show(visitor, entry);
		}
	}

	leave(visitor: Visitor): void {
		if (visitor.clientId === null) return;
		const shown = this.#shown.get(visitor.clientId);
		// A phone that came back before we noticed that it had gone is there under the same number.
		if (shown?.visitor === visitor) this.#remove(visitor.clientId, shown.clock);
	}

	/** What changed since the last time, as one awareness update, or null. */
	takeNews(): Uint8Array | null {
		if (this.#news.size === 0) return null;
		const news = update([...this.#news.values()]);
		this.#news.clear();
		return news;
	}

	/** Everybody, for somebody who has just come; null when nobody is here. */
	everybody(): Uint8Array | null {
		if (this.#shown.size === 0) return null;
		return update([...this.#shown].map(([id, { clock, state }]) => entry(id, clock, state)));
	}

	#claim(
		visitor: Visitor,
		clientId: number,
		ownerOf: (clientId: number) => string | null | undefined
	): void {
		const inUse = this.#shown.get(clientId);
		if (inUse && inUse.visitor.person.id !== visitor.person.id) return;
		const owner = ownerOf(clientId);
		if (owner === undefined || owner === visitor.person.id) visitor.clientId = clientId;
	}

	#show(visitor: Visitor, { clientId, clock, state }: Heard): void {
		const before = this.#shown.get(clientId);
		if (before?.visitor === visitor) {
			if (clock > before.clock + CLOCK_JUMP) return;
			if (state !== null && clock <= before.clock) return;
		}
		if (state === null) return this.#remove(clientId, clock);
		const shown = { visitor, clock, state: written(visitor, state) };
		this.#shown.set(clientId, shown);
		this.#news.set(clientId, entry(clientId, clock, shown.state));
	}

	/** Yjs takes a removal under the clock it has: the phone goes on counting from there. */
	#remove(clientId: number, clock: number): void {
		if (this.#shown.delete(clientId)) this.#news.set(clientId, entry(clientId, clock, GONE));
	}
}

const GONE = Buffer.from('null');

/** The state as the server lets it be seen. */
function written({ person, right }: Visitor, said: unknown): Uint8Array {
	const { field, cursor, typing } = (
		typeof said === 'object' && said !== null ? said : {}
	) as Record<string, unknown>;
	const { id, name, role } = person;
	const state: Record<string, unknown> = { user: { id, name, role, colour: colourOf(id) } };
	if (typeof field === 'string' && FIELD.test(field)) state.field = field;
	if (right === 'write' && cursor !== undefined) state.cursor = cursor;
	if (right === 'write' && typing === true) state.typing = true;
	return Buffer.from(JSON.stringify(state));
}

/** The same everywhere for one person. */
export function colourOf(personId: string): number {
	let sum = 0;
	for (const character of personId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65521;
	return sum % COLOURS;
}

function readEntries(body: Uint8Array): Heard[] {
	const reader = new ByteReader(body);
	const count = reader.varUint();
	if (count > ENTRIES) throw new Malformed('too_many_entries');
	const entries: Heard[] = [];
	for (let i = 0; i < count; i++) {
		const clientId = reader.varUint();
		const clock = reader.varUint();
		entries.push({ clientId, clock, state: parsed(reader.varText()) });
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

function entry(clientId: number, clock: number, state: Uint8Array): Uint8Array {
	const numbers = [clientId, clock, state.length];
	const head = numbers.reduce((sum, number) => sum + varUintLength(number), 0);
	const bytes = new Uint8Array(head + state.length);
	let at = 0;
	for (const number of numbers) at = putVarUint(bytes, at, number);
	bytes.set(state, at);
	return bytes;
}

function update(entries: readonly Uint8Array[]): Uint8Array {
	const count = new Uint8Array(varUintLength(entries.length));
	putVarUint(count, 0, entries.length);
	return Buffer.concat([count, ...entries]);
}
