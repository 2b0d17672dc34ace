/**
 * One walk over a Yjs update (V1): what it adds, on what it rests, what it deletes.
 *
 * Nothing is allocated on the word of a number in the bytes, and nothing passes on which Yjs would
 * throw later (SPEC [WALK]). The same facts feed the guard and the state vector. It judges nothing
 * that depends on the document: that is the guard's work.
 */
import { ByteReader, Malformed, utf16Length } from './bytes.ts';

export interface Id {
	readonly client: number;
	readonly clock: number;
}

/** One run of consecutive clocks that Yjs keeps together. */
export interface Struct {
	readonly clock: number;
	readonly length: number;
	/** Where it hangs: at the root, in a container, or where its neighbours hang. Null once collected. */
	readonly parent: Id | 'root' | 'as neighbour' | null;
	readonly left: Id | null;
	readonly right: Id | null;
	/** It is already deleted: collected, or kept only as a length. */
	readonly deleted: boolean;
	/** Levels between it and the root, set by `arrange`. */
	depth: number;
}

/** Everything of one client number, in order of clock. */
export interface Section {
	readonly client: number;
	readonly from: number;
	readonly to: number;
	readonly structs: readonly Struct[];
}

export interface Deletion {
	readonly client: number;
	readonly from: number;
	readonly to: number;
}

export interface UpdateFacts {
	readonly sections: readonly Section[];
	readonly deletions: readonly Deletion[];
}

/** Deepest value inside one JSON-like value. Page code reads such values with recursion. */
const VALUE_DEPTH = 64;

const HAS_LEFT = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;
const KIND = 0x1f;

const kind = {
	collected: 0,
	deleted: 1,
	binary: 3,
	text: 4,
	embed: 5,
	format: 6,
	container: 7,
	values: 8,
	skip: 10
} as const;

/** Containers that carry a name: an XML element and an XML hook. */
const NAMED_CONTAINERS: readonly number[] = [3, 5];
const LAST_CONTAINER = 6;

/** Throws `Malformed`. */
export function walkUpdate(update: Uint8Array): UpdateFacts {
	const reader = new ByteReader(update);
	const sections = readSections(reader);
	const deletions = readDeletions(reader);
	if (!reader.atEnd) throw new Malformed('trailing_bytes');
	return { sections, deletions };
}

function readSections(reader: ByteReader): Section[] {
	const sections: Section[] = [];
	const count = reader.varUint();
	const seen = count > 1 ? new Set<number>() : null;
	for (let i = 0; i < count; i++) {
		const section = readSection(reader);
		// Yjs keeps only the last of two sections of one client; no honest encoder writes two.
		if (seen?.has(section.client)) throw new Malformed('client_twice');
		seen?.add(section.client);
		sections.push(section);
	}
	return sections;
}

function readSection(reader: ByteReader): Section {
	const count = reader.varUint();
	if (count === 0) throw new Malformed('empty_section');
	const client = reader.varUint();
	const from = reader.varUint();
	const structs: Struct[] = [];
	let to = from;
	for (let i = 0; i < count; i++) {
		const struct = readStruct(reader, to);
		if (struct.length < 1) throw new Malformed('empty_struct');
		structs.push(struct);
		to += struct.length;
		if (to > Number.MAX_SAFE_INTEGER) throw new Malformed('number_too_large');
	}
	return { client, from, to, structs };
}

function readStruct(reader: ByteReader, clock: number): Struct {
	const info = reader.byte();
	const what = info & KIND;
	if (what === kind.skip) throw new Malformed('hole');
	if (what === kind.collected) {
		const length = reader.varUint();
		return { clock, length, parent: null, left: null, right: null, deleted: true, depth: 0 };
	}
	const left = info & HAS_LEFT ? readId(reader) : null;
	const right = info & HAS_RIGHT ? readId(reader) : null;
	const parent = left || right ? 'as neighbour' : readParent(reader, (info & HAS_KEY) !== 0);
	const length = readContent(reader, what);
	return { clock, length, parent, left, right, deleted: what === kind.deleted, depth: 0 };
}

function readId(reader: ByteReader): Id {
	const client = reader.varUint();
	return { client, clock: reader.varUint() };
}

function readParent(reader: ByteReader, hasKey: boolean): Id | 'root' {
	let parent: Id | 'root' = 'root';
	if (reader.varUint() === 1) reader.varText();
	else parent = readId(reader);
	if (hasKey) refusePrototypeKey(reader.varText());
	return parent;
}

/** Returns the length of the struct. */
function readContent(reader: ByteReader, what: number): number {
	switch (what) {
		case kind.deleted:
			return reader.varUint();
		case kind.binary:
			reader.varBytes();
			return 1;
		case kind.text:
			return utf16Length(reader.varText());
		case kind.embed:
			refuseBrokenJson(reader.varText());
			return 1;
		case kind.format:
			refusePrototypeKey(reader.varText());
			refuseBrokenJson(reader.varText());
			return 1;
		case kind.container:
			readContainer(reader);
			return 1;
		case kind.values:
			return readValues(reader);
		default:
			// Also the old JSON content and documents inside documents: nothing of ours writes them.
			throw new Malformed('unknown_content');
	}
}

function readContainer(reader: ByteReader): void {
	const container = reader.varUint();
	if (container > LAST_CONTAINER) throw new Malformed('unknown_content');
	if (NAMED_CONTAINERS.includes(container)) reader.varText();
}

function readValues(reader: ByteReader): number {
	const count = reader.varUint();
	for (let i = 0; i < count; i++) skipValue(reader, 0);
	return count;
}

/** One value in lib0's encoding, see `readAny` there: the kinds count down from 127. */
function skipValue(reader: ByteReader, depth: number): void {
	if (depth > VALUE_DEPTH) throw new Malformed('too_deep');
	switch (reader.byte()) {
		case 127: // undefined
		case 126: // null
		case 121: // false
		case 120: // true
			return;
		case 125:
			return reader.skipVarInt();
		case 124:
			return reader.skip(4);
		case 123: // a float
		case 122: // a big integer
			return reader.skip(8);
		case 119:
			reader.varText();
			return;
		case 118:
			return skipObject(reader, depth);
		case 117:
			return skipArray(reader, depth);
		case 116:
			reader.varBytes();
			return;
		default:
			throw new Malformed('unknown_value');
	}
}

function skipObject(reader: ByteReader, depth: number): void {
	const count = reader.varUint();
	for (let i = 0; i < count; i++) {
		refusePrototypeKey(reader.varText());
		skipValue(reader, depth + 1);
	}
}

function skipArray(reader: ByteReader, depth: number): void {
	const count = reader.varUint();
	for (let i = 0; i < count; i++) skipValue(reader, depth + 1);
}

/** Decoded as `object[key] = value`, the key `__proto__` would become the object's prototype. */
function refusePrototypeKey(key: Uint8Array): void {
	if (key.length === 9 && Buffer.from(key.buffer, key.byteOffset, 9).equals(PROTOTYPE_KEY)) {
		throw new Malformed('prototype_key');
	}
}
const PROTOTYPE_KEY = Buffer.from('__proto__');

/** Yjs parses these while it reads: broken JSON would make every reader of the document throw. */
function refuseBrokenJson(text: Uint8Array): void {
	const json = Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8');
	if (deepestBracket(json) > VALUE_DEPTH) throw new Malformed('too_deep');
	try {
		JSON.parse(json);
	} catch {
		throw new Malformed('broken_json');
	}
}

function deepestBracket(json: string): number {
	let depth = 0;
	let deepest = 0;
	for (const character of json) {
		if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
		if (character === ']' || character === '}') depth--;
	}
	return deepest;
}

function readDeletions(reader: ByteReader): Deletion[] {
	const deletions: Deletion[] = [];
	const clients = reader.varUint();
	for (let i = 0; i < clients; i++) {
		const client = reader.varUint();
		const count = reader.varUint();
		for (let k = 0; k < count; k++) {
			const from = reader.varUint();
			const length = reader.varUint();
			if (length === 0) throw new Malformed('empty_deletion');
			deletions.push({ client, from, to: from + length });
		}
	}
	return deletions;
}
