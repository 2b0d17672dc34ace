/**
 * Would Yjs take the whole update at once, leaving nothing pending?
 *
 * What Yjs cannot place yet it keeps aside and tries again at every update: a few frames with gaps
 * make every opening of the document slow for everybody, for ever (SPEC [GRD4]). So we walk the
 * items in the order Yjs would: an item is placed when everything it names is there.
 */
import type { Known } from './known.ts';
import type { Id, Section, Struct, UpdateFacts } from './update-walk.ts';

export type Arrangement = 'complete' | 'gap';

/** Also sets the depth of every item, because a neighbour's depth is known in this order only. */
export function arrange(facts: UpdateFacts, known: Known): Arrangement {
	return new Arranging(facts, known).run();
}

/** How far one section has come. */
interface Progress {
	readonly section: Section;
	next: number;
	/** Up to which clock its items are placed. */
	placed: number;
	/** Sections that wait for this one to come further. */
	waiting: Progress[] | null;
}

/** Most updates hold one client, hardly any holds many: up to here looking through them is fastest. */
const FEW = 8;

class Arranging {
	readonly #facts: UpdateFacts;
	readonly #known: Known;
	readonly #progress: readonly Progress[];
	readonly #byClient: ReadonlyMap<number, Progress> | null;

	constructor(facts: UpdateFacts, known: Known) {
		this.#facts = facts;
		this.#known = known;
		const { sections } = facts;
		this.#progress = sections.map((section) => ({ section, next: 0, placed: 0, waiting: null }));
		this.#byClient =
			sections.length > FEW
				? new Map(this.#progress.map((one) => [one.section.client, one]))
				: null;
	}

	run(): Arrangement {
		const { sections, deletions } = this.#facts;
		for (const { client, from } of sections) if (from > this.#known.clock(client)) return 'gap';
		const ready = [...this.#progress];
		for (let one = ready.pop(); one; one = ready.pop()) {
			// Woken only by progress: two sections that wait for each other would wake each other for ever.
			if (!this.#place(one) || !one.waiting) continue;
			ready.push(...one.waiting);
			one.waiting = null;
		}
		for (const { section, next } of this.#progress) {
			if (next < section.structs.length) return 'gap';
		}
		for (const { client, to } of deletions) if (to > this.#clock(client)) return 'gap';
		return 'complete';
	}

	/** Places items of one client until one has to wait. False when the first one already has to. */
	#place(one: Progress): boolean {
		const { client, structs } = one.section;
		const first = one.next;
		for (; one.next < structs.length; one.next++) {
			const struct = structs[one.next];
			if (!struct) break;
			const missing =
				this.#missing(client, struct.clock, struct.left) ??
				this.#missing(client, struct.clock, struct.right) ??
				this.#missing(client, struct.clock, struct.parent);
			if (missing !== null) {
				this.#wait(one, missing);
				break;
			}
			struct.depth = this.#depthOf(struct);
			one.placed = struct.clock + struct.length;
		}
		return one.next > first;
	}

	/** Whose items have to come first, or null. */
	#missing(client: number, clock: number, id: Struct['parent']): number | null {
		if (id === null || typeof id === 'string') return null;
		// Yjs looks up items of the same client without asking whether they exist.
		const have = id.client === client ? clock : this.#clock(id.client);
		return id.clock >= have ? id.client : null;
	}

	#wait(one: Progress, client: number): void {
		if (client === one.section.client) return; // it can only wait for itself, so for ever
		const other = this.#of(client);
		if (other) (other.waiting ??= []).push(one);
	}

	#of(client: number): Progress | undefined {
		if (this.#byClient) return this.#byClient.get(client);
		for (const one of this.#progress) if (one.section.client === client) return one;
		return undefined;
	}

	#clock(client: number): number {
		return Math.max(this.#known.clock(client), this.#of(client)?.placed ?? 0);
	}

	#depthOf({ parent, left, right }: Struct): number {
		if (parent === null) return 0;
		if (parent === 'root') return 1;
		if (parent === 'as neighbour') return this.#depthAt(left ?? right);
		const depth = this.#depthAt(parent);
		return depth === 0 ? 0 : depth + 1;
	}

	#depthAt(id: Id | null): number {
		if (id === null) return 0;
		if (id.clock < this.#known.clock(id.client)) return this.#known.depths.of(id);
		return structAt(this.#of(id.client)?.section, id.clock)?.depth ?? 0;
	}
}

function structAt(section: Section | undefined, clock: number): Struct | undefined {
	if (!section) return undefined;
	let low = 0;
	let high = section.structs.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if ((section.structs[middle]?.clock ?? 0) <= clock) low = middle + 1;
		else high = middle - 1;
	}
	return section.structs[high];
}
