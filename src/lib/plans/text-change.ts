/** Changes of one text: the smallest one between two values, and one moved past what others did. */

export interface Change {
	readonly at: number;
	readonly remove: number;
	readonly insert: string;
}

/** As Yjs tells what happened to a text. */
export type Delta = readonly {
	readonly retain?: number;
	readonly delete?: number;
	readonly insert?: unknown;
}[];

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** One change that turns `before` into `after`, widened to whole code points; null when they are equal. */
export function changeBetween(before: string, after: string): Change | null {
	if (before === after) return null;
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
	let end = 0;
	while (
		end < shorter - start &&
		before[before.length - 1 - end] === after[after.length - 1 - end]
	) {
		end++;
	}
	if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
	return {
		at: start,
		remove: before.length - end - start,
		insert: after.slice(start, after.length - end)
	};
}

/** Where a place in the text lies after a change: behind an insertion before it, at the edge of a deletion around it. */
export function shifted(place: number, { at, remove, insert }: Change): number {
	if (place <= at) return place;
	if (place >= at + remove) return place - remove + insert.length;
	return at + insert.length;
}

/**
 * A change that was made against an older text of `length` units, in terms of
 * the text as it is after others: where to insert, and which single units to
 * remove, the last one first. Never removes what others have written.
 */
export function afterOthers(
	own: Change,
	length: number,
	others: readonly Delta[]
): { at: number; remove: number[] } {
	/** The text as it is now: each unit by its place in the older text, null when others wrote it. */
	let units: (number | null)[] = Array.from({ length }, (_, place) => place);
	for (const delta of others) units = applied(units, delta);
	const isAfter = (place: number | null) => place !== null && place >= own.at;
	const firstAfter = units.findIndex(isAfter);
	const remove = units.flatMap((place, index) =>
		place !== null && place >= own.at && place < own.at + own.remove ? [index] : []
	);
	return { at: firstAfter < 0 ? units.length : firstAfter, remove: remove.reverse() };
}

function applied(units: (number | null)[], delta: Delta): (number | null)[] {
	const next: (number | null)[] = [];
	let from = 0;
	for (const step of delta) {
		if (step.retain !== undefined) {
			next.push(...units.slice(from, from + step.retain));
			from += step.retain;
		} else if (step.delete !== undefined) {
			from += step.delete;
		} else if (typeof step.insert === 'string') {
			next.push(...Array.from({ length: step.insert.length }, () => null));
		}
	}
	return [...next, ...units.slice(from)];
}
