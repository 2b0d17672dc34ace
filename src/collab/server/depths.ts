import type { Id } from './update-walk.ts';

/**
 * How deep each item of a document hangs, as steps: typing in one field is one entry, however long.
 */
export class Depths {
	readonly #steps = new Map<number, { clocks: number[]; depths: number[] }>();

	/** Items of one client are added in order of clock. */
	add(client: number, clock: number, depth: number): void {
		const steps = this.#steps.get(client) ?? { clocks: [], depths: [] };
		this.#steps.set(client, steps);
		if (steps.depths.at(-1) === depth) return;
		steps.clocks.push(clock);
		steps.depths.push(depth);
	}

	/** 0 for what was collected: nothing can hang there. */
	of({ client, clock }: Id): number {
		const steps = this.#steps.get(client);
		if (!steps) return 0;
		let low = 0;
		let high = steps.clocks.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			if ((steps.clocks[middle] ?? 0) <= clock) low = middle + 1;
			else high = middle - 1;
		}
		return steps.depths[high] ?? 0;
	}
}
