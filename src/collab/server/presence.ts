/**
 * Who is here, and in which field (SPEC [PRS]).
 *
 * Name, role and colour are written by the server; from the phone come a cursor, a field and whether
 * it is typing. A forged name could otherwise not be removed by its owner any more.
 */
import { COLOURS } from '../codes.ts';
import type { Person, Right } from './admission.ts';
import { awarenessUpdate, entry, readEntries, type Heard } from './presence-bytes.ts';

/** What a socket is, as far as presence goes. */
export interface Visitor {
	readonly person: Person;
	readonly right: Right;
	/** The one client number it may speak for, once it has spoken. */
	clientId: number | null;
}

/** Who says so: a socket of ours, or another process about one of its own. */
type Source = Visitor | { readonly node: string };

interface Shown {
	readonly source: Source;
	readonly clock: number;
	readonly state: Uint8Array;
	readonly heardAtMs: number;
}

/** What changed, as awareness updates. */
export interface PresenceNews {
	readonly everything: Uint8Array;
	/** What comes from sockets of ours: the other processes do not know it yet. */
	readonly own: readonly Uint8Array[];
}

const CLOCK_JUMP = 1000;
/** Phones say every 15 s that they are still here; a process that has died says nothing. */
const SILENT_MS = 45_000;
/** 'row.key': names of rows and fields, never text. */
const FIELD = /^[\w.:-]{1,120}$/;

export class Presence {
	readonly #shown = new Map<number, Shown>();
	/** Encoded entries that the others have not been told yet. */
	readonly #news = new Map<number, { bytes: Uint8Array; own: boolean }>();

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

	/**
	 * Takes what another process says about people with a socket there; it has checked it. Returns
	 * under which numbers it has shown whom.
	 */
	hearNeighbour(
		node: string,
		body: Uint8Array,
		nowMs: number
	): { clientId: number; personId: string }[] {
		const people: { clientId: number; personId: string }[] = [];
		for (const { clientId, clock, state, text } of readEntries(body)) {
			const { user } = (state ?? {}) as { user?: { id: string } };
			if (user) people.push({ clientId, personId: user.id });
			const before = this.#shown.get(clientId);
			if (before && clock < before.clock) continue;
			if (state !== null) {
				const shown = { source: { node }, clock, state: new Uint8Array(text), heardAtMs: nowMs };
				this.#put(clientId, shown, false);
			} else if (before && 'node' in before.source && before.source.node === node) {
				this.#remove(clientId, clock, false);
			}
		}
		return people;
	}

	/** People of a process that has not been heard of for long. */
	forgetSilent(nowMs: number): void {
		for (const [clientId, { source, clock, heardAtMs }] of this.#shown) {
			const silent = 'node' in source && nowMs - heardAtMs > SILENT_MS;
			if (silent) this.#remove(clientId, clock, false);
		}
	}

	leave(visitor: Visitor): void {
		if (visitor.clientId === null) return;
		const shown = this.#shown.get(visitor.clientId);
		// A phone that came back before we noticed that it had gone is there under the same number.
		if (shown?.source === visitor) this.#remove(visitor.clientId, shown.clock, true);
	}

	/** What changed since the last time, or null. */
	takeNews(): PresenceNews | null {
		if (this.#news.size === 0) return null;
		const news = [...this.#news.values()];
		this.#news.clear();
		return {
			everything: awarenessUpdate(news.map(({ bytes }) => bytes)),
			own: news.filter(({ own }) => own).map(({ bytes }) => bytes)
		};
	}

	/** Everybody, for somebody who has just come; null when nobody is here. */
	everybody(): Uint8Array | null {
		if (this.#shown.size === 0) return null;
		return awarenessUpdate([...this.#shown].map(entryOf));
	}

	/** Entries of everybody with a socket of ours, for another process that asks. */
	ownPeople(): Uint8Array[] {
		return [...this.#shown].filter(([, { source }]) => !('node' in source)).map(entryOf);
	}

	#claim(
		visitor: Visitor,
		clientId: number,
		ownerOf: (clientId: number) => string | null | undefined
	): void {
		const inUse = this.#shown.get(clientId)?.source;
		if (inUse && 'person' in inUse && inUse.person.id !== visitor.person.id) return;
		const owner = ownerOf(clientId);
		if (owner === undefined || owner === visitor.person.id) visitor.clientId = clientId;
	}

	#show(visitor: Visitor, { clientId, clock, state }: Heard): void {
		const before = this.#shown.get(clientId);
		if (before?.source === visitor) {
			if (clock > before.clock + CLOCK_JUMP) return;
			if (state !== null && clock <= before.clock) return;
		}
		if (state === null) return this.#remove(clientId, clock, true);
		const shown = { source: visitor, clock, state: written(visitor, state), heardAtMs: 0 };
		this.#put(clientId, shown, true);
	}

	#put(clientId: number, shown: Shown, own: boolean): void {
		this.#shown.set(clientId, shown);
		this.#news.set(clientId, { bytes: entryOf([clientId, shown]), own });
	}

	/** Yjs takes a removal under the clock it has: the phone goes on counting from there. */
	#remove(clientId: number, clock: number, own: boolean): void {
		if (!this.#shown.delete(clientId)) return;
		this.#news.set(clientId, { bytes: entry(clientId, clock, GONE), own });
	}
}

const entryOf = ([clientId, { clock, state }]: readonly [number, Shown]): Uint8Array =>
	entry(clientId, clock, state);

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
