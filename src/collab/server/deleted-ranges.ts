/**
 * Which clocks of which client are known to be deleted.
 *
 * A phone that comes back sends all deletions it knows, not only new ones. Without this list each
 * return would look like an edit, also that of somebody who may only read.
 */
export class DeletedRanges {
	/** Per client a sorted, flat list: start, end, start, end … Touching ranges are joined. */
	readonly #ranges = new Map<number, number[]>();

	has(client: number, from: number, to: number): boolean {
		const ranges = this.#ranges.get(client);
		if (!ranges) return false;
		const at = lastStartingAtOrBefore(ranges, from);
		return at >= 0 && (ranges[at + 1] ?? 0) >= to;
	}

	add(client: number, from: number, to: number): void {
		const ranges = this.#ranges.get(client) ?? [];
		this.#ranges.set(client, ranges);

		const before = lastStartingAtOrBefore(ranges, from);
		const joinsBefore = before >= 0 && (ranges[before + 1] ?? 0) >= from;
		const first = joinsBefore ? before : before + 2;
		const start = joinsBefore ? (ranges[before] ?? from) : from;

		let end = to;
		let next = first;
		while (next < ranges.length && (ranges[next] ?? 0) <= end) {
			end = Math.max(end, ranges[next + 1] ?? 0);
			next += 2;
		}
		ranges.splice(first, next - first, start, end);
	}

	addAll(others: DeletedRanges): void {
		for (const [client, ranges] of others.#ranges) {
			for (let at = 0; at < ranges.length; at += 2) {
				this.add(client, ranges[at] ?? 0, ranges[at + 1] ?? 0);
			}
		}
	}
}

/** Index of the pair, or -2 when all start later. */
function lastStartingAtOrBefore(ranges: readonly number[], clock: number): number {
	let low = 0;
	let high = ranges.length / 2 - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if ((ranges[middle * 2] ?? 0) <= clock) low = middle + 1;
		else high = middle - 1;
	}
	return high * 2;
}
