/**
 * What a document is known to hold, without holding the document: clocks, deletions, depths.
 */
import { DeletedRanges } from './deleted-ranges.ts';
import { Depths } from './depths.ts';
import { arrange } from './arrange.ts';
import { Malformed } from './bytes.ts';
import type { UpdateFacts } from './update-walk.ts';
import { walkUpdate } from './update-walk.ts';

export class Known {
	/** The state vector: how many clocks of each client are here, without gaps. */
	readonly clocks = new Map<number, number>();
	readonly deleted = new DeletedRanges();
	readonly depths = new Depths();

	clock(client: number): number {
		return this.clocks.get(client) ?? 0;
	}

	/** True when the update holds an item or a deletion that is not here yet. */
	lacks(facts: UpdateFacts): boolean {
		return (
			facts.sections.some(({ client, to }) => to > this.clock(client)) ||
			facts.deletions.some(({ client, from, to }) => !this.deleted.has(client, from, to))
		);
	}

	/** Takes in an update that was arranged before, see `arrange`. */
	advance(facts: UpdateFacts): void {
		for (const { client, to, structs } of facts.sections) {
			const had = this.clock(client);
			for (const { clock, length, depth, deleted } of structs) {
				if (clock + length <= had) continue;
				this.depths.add(client, Math.max(clock, had), depth);
				if (deleted) this.deleted.add(client, clock, clock + length);
			}
			if (to > had) this.clocks.set(client, to);
		}
		for (const { client, from, to } of facts.deletions) this.deleted.add(client, from, to);
	}

	/** Takes in bytes from our own log. Throws `Malformed` when they are damaged. */
	advanceStored(update: Uint8Array): UpdateFacts {
		const facts = walkUpdate(update);
		if (arrange(facts, this) !== 'complete') throw new Malformed('stored_with_gap');
		this.advance(facts);
		return facts;
	}
}
