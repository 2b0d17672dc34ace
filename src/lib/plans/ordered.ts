/**
 * Things in order in a shared document: a Y.Map from id to item, each item with its position.
 *
 * Never a Y.Array: when two people move the same item at once it would stand there twice, and what
 * a third person wrote in it meanwhile would be lost. Two phones may well give out the same
 * position; then the id decides, alike on every phone.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import * as Y from 'yjs';

export type Item = Y.Map<unknown>;
export type Items = Y.Map<unknown>;

const POSITION = 'pos';

/** Everything in order, also what lies in the trash. What is no item is passed over. */
export function allInOrder(items: Items): [string, Item][] {
	return [...items.entries()]
		.filter((entry): entry is [string, Item] => entry[1] instanceof Y.Map)
		.sort(([a, x], [b, y]) => compare(positionOf(x), positionOf(y)) || compare(a, b));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function positionOf(item: Item): string {
	const position = item.get(POSITION);
	return typeof position === 'string' ? position : '';
}

/** Puts `item` so that it stands at `place` (from 0) among `others`, which are in order without it. */
export function putAt(item: Item, others: readonly [string, Item][], place: number): void {
	const before = others[place - 1]?.[1] ?? null;
	const after = others[place]?.[1] ?? null;
	const position = between(before, after);
	if (position !== null) item.set(POSITION, position);
	else spreadOut([...others.slice(0, place).map(at1), item, ...others.slice(place).map(at1)]);
}

const at1 = ([, item]: readonly [string, Item]) => item;

/** Null when there is nothing between: equal positions, or one that a faulty program wrote. */
function between(before: Item | null, after: Item | null): string | null {
	try {
		return generateKeyBetween(before && positionOf(before), after && positionOf(after));
	} catch {
		return null;
	}
}

/** New positions for all, in the given order. Rare: two phones added in the same gap at once. */
function spreadOut(items: readonly Item[]): void {
	const positions = generateNKeysBetween(null, null, items.length);
	items.forEach((item, n) => item.set(POSITION, positions[n]));
}
