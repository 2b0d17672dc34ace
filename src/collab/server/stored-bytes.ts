/**
 * A document as bytes that are on the disk: one snapshot, the updates since, how far they reach.
 *
 * There is no `Y.Doc` here. Opening a document for a phone is copying, not encoding.
 */
import { diffUpdate } from 'yjs';
import type { UpdateFacts } from './update-walk.ts';
import {
	inParts,
	readStateVector,
	stateVectorOf,
	step1Frame,
	step2Frame,
	updateFrame
} from './wire.ts';

/** An update ready to be sent: it is framed once, when it is taken, and sent and kept as it is. */
export interface Framed {
	readonly frame: Buffer;
	/** The same bytes, without what is around them. */
	readonly update: Uint8Array;
	readonly facts: UpdateFacts;
}

interface Stored {
	readonly seq: number;
	readonly frame: Buffer;
	readonly update: Uint8Array;
	/** How far it reaches: client, clock, client, clock … */
	readonly ends: readonly number[];
	readonly deletes: boolean;
}

type Clocks = ReadonlyMap<number, number>;

const EMPTY_UPDATE = Uint8Array.of(0, 0);
/** Answers kept until the next change: after a restart a whole class asks the same. */
const ANSWERS_KEPT = 64;
/** Below this a diff costs more than the bytes it saves. */
const WORTH_A_DIFF = 512;

export class StoredBytes {
	#snapshot: Uint8Array | null;
	/** How far the snapshot reaches. */
	#snapshotClocks: Clocks;
	/** What a phone needs that has all of the snapshot: deletions have no clocks, so all of them. */
	#snapshotDeletions: Uint8Array | null = null;
	#tail: Stored[] = [];
	#tailBytes = 0;
	/** How far all of it reaches. */
	readonly #clocks: Map<number, number>;
	#answers = new Map<string, Buffer>();
	#invitation: Buffer | null = null;

	/** @param clocks how far the snapshot reaches */
	constructor(snapshot: Uint8Array | null, clocks: Clocks) {
		this.#snapshot = snapshot;
		this.#snapshotClocks = new Map(clocks);
		this.#clocks = new Map(clocks);
	}

	get bytes(): number {
		return (this.#snapshot?.length ?? 0) + this.#tailBytes;
	}

	get tailLength(): number {
		return this.#tail.length;
	}

	get tailBytes(): number {
		return this.#tailBytes;
	}

	get snapshotBytes(): number {
		return this.#snapshot?.length ?? 0;
	}

	add(seq: number, { frame, update, facts }: Framed): void {
		const ends: number[] = [];
		for (const { client, to } of facts.sections) {
			ends.push(client, to);
			if (to > (this.#clocks.get(client) ?? 0)) this.#clocks.set(client, to);
		}
		this.#tail.push({ seq, frame, update, ends, deletes: facts.deletions.length > 0 });
		this.#tailBytes += update.length;
		this.#forgetAnswers();
	}

	/** What is compacted into one update, and up to which number. */
	whole(): { parts: Uint8Array[]; upTo: number } {
		const parts = this.#tail.map(({ update }) => update);
		if (this.#snapshot) parts.unshift(this.#snapshot);
		return { parts, upTo: this.#tail.at(-1)?.seq ?? 0 };
	}

	/** @param clocks how far the new snapshot reaches */
	replaceUpTo(upTo: number, snapshot: Uint8Array, clocks: Clocks): void {
		this.#snapshot = snapshot;
		this.#snapshotClocks = clocks;
		this.#snapshotDeletions = null;
		this.#tail = this.#tail.filter(({ seq }) => seq > upTo);
		this.#tailBytes = this.#tail.reduce((sum, { update }) => sum + update.length, 0);
		this.#forgetAnswers();
	}

	/** Sync step 1: tells a phone what is here, so that it sends the rest. */
	invitation(): Buffer {
		this.#invitation ??= step1Frame(stateVectorOf(this.#clocks));
		return this.#invitation;
	}

	/**
	 * Everything a phone lacks, long messages split if it puts them together. Throws `Malformed` for
	 * a broken state vector.
	 */
	answer(stateVector: Uint8Array, split = false): Buffer {
		const has = this.#inCommonWith(readStateVector(stateVector));
		// What a phone has beyond this makes no difference: those who come back ask the same.
		const common = stateVectorOf(has);
		const key = `${split} ${Buffer.from(common).toString('latin1')}`;
		const kept = this.#answers.get(key);
		if (kept) return kept;
		const frames = this.#assemble(has, common);
		const answer = Buffer.concat(split ? frames.map(inParts) : frames);
		if (this.#answers.size >= ANSWERS_KEPT) this.#answers.clear();
		this.#answers.set(key, answer);
		return answer;
	}

	#inCommonWith(has: Clocks): Clocks {
		const common = new Map<number, number>();
		for (const [client, clock] of this.#clocks) {
			const both = Math.min(clock, has.get(client) ?? 0);
			if (both > 0) common.set(client, both);
		}
		return common;
	}

	/**
	 * Nothing is merged. The content goes as updates and an empty step 2 comes last: a phone calls
	 * itself synced at step 2, so that must not arrive before the content.
	 */
	#assemble(has: Clocks, stateVector: Uint8Array): Buffer[] {
		const frames: Buffer[] = [];
		if (this.#snapshot) {
			frames.push(updateFrame(this.#lackingOfSnapshot(this.#snapshot, has, stateVector)));
		}
		for (const stored of this.#tail) {
			if (!lacks(has, stored)) continue;
			const isShort = has.size === 0 || stored.update.length <= WORTH_A_DIFF;
			frames.push(isShort ? stored.frame : updateFrame(diffUpdate(stored.update, stateVector)));
		}
		frames.push(step2Frame(EMPTY_UPDATE));
		return frames;
	}

	/** Most who come back have all of the snapshot: for them it is not walked again and again. */
	#lackingOfSnapshot(snapshot: Uint8Array, has: Clocks, stateVector: Uint8Array): Uint8Array {
		if (has.size === 0) return snapshot;
		if (!reaches(has, this.#snapshotClocks)) return diffUpdate(snapshot, stateVector);
		this.#snapshotDeletions ??= diffUpdate(snapshot, stateVectorOf(this.#snapshotClocks));
		return this.#snapshotDeletions;
	}

	#forgetAnswers(): void {
		if (this.#answers.size > 0) this.#answers.clear();
		this.#invitation = null;
	}
}

function lacks(has: Clocks, { ends, deletes }: Stored): boolean {
	if (deletes) return true;
	for (let at = 0; at < ends.length; at += 2) {
		if ((has.get(ends[at] ?? 0) ?? 0) < (ends[at + 1] ?? 0)) return true;
	}
	return false;
}

function reaches(has: Clocks, clocks: Clocks): boolean {
	for (const [client, clock] of clocks) if ((has.get(client) ?? 0) < clock) return false;
	return true;
}
