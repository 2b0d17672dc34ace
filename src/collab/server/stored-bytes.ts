/**
 * A document as bytes that are on the disk: one snapshot, the updates since, how far they reach.
 *
 * There is no `Y.Doc` here. Opening a document for a phone is copying, not encoding.
 */
import { diffUpdate } from 'yjs';
import type { UpdateFacts } from './update-walk.ts';
import { readStateVector, stateVectorOf, step1Frame, step2Frame, updateFrame } from './wire.ts';

interface Stored {
	readonly seq: number;
	readonly update: Uint8Array;
	readonly facts: Reach;
}

/** How far an update reaches, without its items. */
interface Reach {
	readonly ends: readonly (readonly [client: number, to: number])[];
	readonly deletes: boolean;
}

const EMPTY_UPDATE = Uint8Array.of(0, 0);
/** Answers kept until the next change: after a restart a whole class asks the same. */
const ANSWERS_KEPT = 64;
/** Below this a diff costs more than the bytes it saves. */
const WORTH_A_DIFF = 512;

export class StoredBytes {
	#snapshot: Uint8Array | null;
	#tail: Stored[] = [];
	#tailBytes = 0;
	readonly #clocks: Map<number, number>;
	#answers = new Map<string, Buffer>();
	#invitation: Buffer | null = null;

	constructor(snapshot: Uint8Array | null, clocks: ReadonlyMap<number, number>) {
		this.#snapshot = snapshot;
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

	add(seq: number, update: Uint8Array, { sections, deletions }: UpdateFacts): void {
		const ends = sections.map(({ client, to }) => [client, to] as const);
		this.#tail.push({ seq, update, facts: { ends, deletes: deletions.length > 0 } });
		this.#tailBytes += update.length;
		for (const [client, to] of ends) {
			if (to > (this.#clocks.get(client) ?? 0)) this.#clocks.set(client, to);
		}
		this.#forgetAnswers();
	}

	/** What is compacted into one update, and up to which number. */
	whole(): { parts: Uint8Array[]; upTo: number } {
		const parts = this.#tail.map(({ update }) => update);
		if (this.#snapshot) parts.unshift(this.#snapshot);
		return { parts, upTo: this.#tail.at(-1)?.seq ?? 0 };
	}

	replaceUpTo(upTo: number, snapshot: Uint8Array): void {
		this.#snapshot = snapshot;
		this.#tail = this.#tail.filter(({ seq }) => seq > upTo);
		this.#tailBytes = this.#tail.reduce((sum, { update }) => sum + update.length, 0);
		this.#forgetAnswers();
	}

	/** Sync step 1: tells a phone what is here, so that it sends the rest. */
	invitation(): Buffer {
		this.#invitation ??= step1Frame(stateVectorOf(this.#clocks));
		return this.#invitation;
	}

	/** Everything a phone lacks. Throws `Malformed` for a broken state vector. */
	answer(stateVector: Uint8Array): Buffer {
		const key = Buffer.from(stateVector).toString('latin1');
		const kept = this.#answers.get(key);
		if (kept) return kept;
		const answer = this.#assemble(readStateVector(stateVector), stateVector);
		if (this.#answers.size >= ANSWERS_KEPT) this.#answers.clear();
		this.#answers.set(key, answer);
		return answer;
	}

	/**
	 * Nothing is merged. The content goes as updates and an empty step 2 comes last: a phone calls
	 * itself synced at step 2, so that must not arrive before the content.
	 */
	#assemble(has: ReadonlyMap<number, number>, stateVector: Uint8Array): Buffer {
		const lacking = this.#tail.filter(({ facts }) => lacks(has, facts));
		const parts = lacking.map(({ update }) => lessKnown(update, has, stateVector));
		if (this.#snapshot) parts.unshift(lessKnown(this.#snapshot, has, stateVector));
		return Buffer.concat([...parts.map(updateFrame), step2Frame(EMPTY_UPDATE)]);
	}

	#forgetAnswers(): void {
		this.#answers.clear();
		this.#invitation = null;
	}
}

function lacks(has: ReadonlyMap<number, number>, { ends, deletes }: Reach): boolean {
	return deletes || ends.some(([client, to]) => (has.get(client) ?? 0) < to);
}

function lessKnown(
	update: Uint8Array,
	has: ReadonlyMap<number, number>,
	stateVector: Uint8Array
): Uint8Array {
	return has.size > 0 && update.length > WORTH_A_DIFF ? diffUpdate(update, stateVector) : update;
}
