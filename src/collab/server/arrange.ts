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

class Arranging {
	readonly #facts: UpdateFacts;
	readonly #known: Known;
	/** How far each client of the update has been placed. */
	readonly #placed = new Map<number, number>();
	readonly #next = new Map<Section, number>();
	readonly #sections = new Map<number, Section>();
	/** Sections that wait for a client to come further. */
	readonly #waiting = new Map<number, Section[]>();

	constructor(facts: UpdateFacts, known: Known) {
		this.#facts = facts;
		this.#known = known;
		for (const section of facts.sections) this.#sections.set(section.client, section);
	}

	run(): Arrangement {
		const { sections, deletions } = this.#facts;
		if (sections.some(({ client, from }) => from > this.#known.clock(client))) return 'gap';
		const ready = [...sections];
		for (let section = ready.pop(); section; section = ready.pop()) {
			// Woken only by progress: two sections that wait for each other would wake each other for ever.
			if (!this.#place(section)) continue;
			ready.push(...(this.#waiting.get(section.client) ?? []));
			this.#waiting.delete(section.client);
		}
		const allPlaced = sections.every(
			(section) => this.#next.get(section) === section.structs.length
		);
		const deletable = deletions.every(({ client, to }) => to <= this.#clock(client));
		return allPlaced && deletable ? 'complete' : 'gap';
	}

	/** Places items of one client until one has to wait. False when the first one already has to. */
	#place(section: Section): boolean {
		const first = this.#next.get(section) ?? 0;
		let next = first;
		for (; next < section.structs.length; next++) {
			const struct = section.structs[next];
			if (!struct) break;
			const missing = this.#missingFor(section.client, struct);
			if (missing !== null) {
				this.#wait(section, missing);
				break;
			}
			struct.depth = this.#depthOf(struct);
			this.#placed.set(section.client, struct.clock + struct.length);
		}
		this.#next.set(section, next);
		return next > first;
	}

	#missingFor(client: number, { clock, left, right, parent }: Struct): number | null {
		for (const id of [left, right, parent]) {
			if (id === null || typeof id === 'string') continue;
			// Yjs looks up items of the same client without asking whether they exist.
			const have = id.client === client ? clock : this.#clock(id.client);
			if (id.clock >= have) return id.client;
		}
		return null;
	}

	#wait(section: Section, client: number): void {
		if (client === section.client) return; // it can only wait for itself, so for ever
		const waiting = this.#waiting.get(client) ?? [];
		this.#waiting.set(client, waiting);
		waiting.push(section);
	}

	#clock(client: number): number {
		return Math.max(this.#known.clock(client), this.#placed.get(client) ?? 0);
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
		return structAt(this.#sections.get(id.client), id.clock)?.depth ?? 0;
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
