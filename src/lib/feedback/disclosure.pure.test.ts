import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishable, SMALLEST_GROUP, type Cell } from './disclosure.ts';

const cell = (id: string, within: string | null, own = 0): Cell => ({ id, within, own });
const shown = (...cells: Cell[]) => [...publishable(cells)].sort();

describe('what may be published', () => {
	test('a group of five, but not one of four', () => {
		expect(shown(cell('Palu', null, 5))).toEqual(['Palu']);
		expect(shown(cell('Palu', null, 4))).toEqual([]);
	});

	test('a small group takes its only neighbour with it: 30 in all, 27 in A, 3 in B', () => {
		expect(shown(cell('all', null), cell('A', 'all', 27), cell('B', 'all', 3))).toEqual(['all']);
	});

	test('of several neighbours the smallest is given up', () => {
		const parts = [cell('A', 'all', 20), cell('B', 'all', 3), cell('C', 'all', 6)];
		expect(shown(cell('all', null), ...parts)).toEqual(['A', 'all']);
	});

	test('two small groups that make five together protect each other', () => {
		const parts = [cell('A', 'all', 20), cell('B', 'all', 3), cell('C', 'all', 2)];
		expect(shown(cell('all', null), ...parts)).toEqual(['A', 'all']);
	});

	test('an empty neighbour hides nothing and needs no protection', () => {
		const parts = [cell('A', 'all', 20), cell('B', 'all', 0)];
		expect(shown(cell('all', null), ...parts)).toEqual(['A', 'all']);
	});

	test('a small group is not given away two floors above', () => {
		const cells = [
			cell('nation', null),
			cell('Jambi', 'nation'),
			cell('Palu', 'nation', 40),
			cell('Batanghari', 'Jambi', 27),
			cell('Tebo', 'Jambi', 3)
		];
		expect(shown(...cells)).toEqual(['Jambi', 'Palu', 'nation']);
	});

	test('giving up a group gives up its parts too, when they would add up to it', () => {
		const cells = [
			cell('all', null),
			cell('A', 'all'),
			cell('A1', 'A', 10),
			cell('A2', 'A', 12),
			cell('B', 'all', 3)
		];
		expect(shown(...cells)).toEqual(['A2', 'all']);
	});
});

/** A random forest: every group but the first lies in an earlier one, or stands alone. */
const forests = fc
	.array(
		fc.record({ within: fc.integer({ min: -1, max: 9 }), own: fc.integer({ min: 0, max: 12 }) }),
		{
			minLength: 1,
			maxLength: 10
		}
	)
	.map((drawn) =>
		drawn.map(({ within, own }, place): Cell => {
			const parent = within < 0 || place === 0 ? null : `g${within % place}`;
			return cell(`g${place}`, parent, own);
		})
	);

/** One row per group: which places (people who share all their groups) it adds up. */
function rowsOf(cells: readonly Cell[], ids: ReadonlySet<string>, places: readonly Cell[]) {
	const parent = new Map(cells.map(({ id, within }) => [id, within]));
	const lies = (place: Cell, id: string) => {
		for (let at: string | null = place.id; at !== null; at = parent.get(at) ?? null)
			if (at === id) return true;
		return false;
	};
	return cells
		.filter(({ id }) => ids.has(id))
		.map(({ id }) => places.map((place) => (lies(place, id) ? 1 : 0)));
}

/** Gauss–Jordan: the reduced rows, each with the column of its leading one. */
function reduced(rows: readonly number[][]) {
	const basis: { row: number[]; lead: number }[] = [];
	for (const row of rows) {
		const left = without(row, basis);
		const lead = left.findIndex((value) => Math.abs(value) > 1e-9);
		if (lead < 0) continue;
		const scale = left[lead] ?? 1;
		basis.push({ row: left.map((value) => value / scale), lead });
	}
	return basis;
}

function without(row: readonly number[], basis: readonly { row: number[]; lead: number }[]) {
	let left = [...row];
	for (const { row: known, lead } of basis) {
		const times = left[lead] ?? 0;
		left = left.map((value, place) => value - times * (known[place] ?? 0));
	}
	return left;
}

test('no published set of groups determines a group below five', () => {
	fc.assert(
		fc.property(forests, (cells) => {
			const published = publishable(cells);
			const places = cells.filter(({ own }) => own > 0);
			const basis = reduced(rowsOf(cells, published, places));
			for (let subset = 1; subset < 1 << places.length; subset++) {
				const chosen = places.map((_, place) => (subset >> place) & 1);
				const people = places.reduce((n, { own }, place) => n + own * (chosen[place] ?? 0), 0);
				if (people >= SMALLEST_GROUP) continue;
				const determined = without(chosen, basis).every((value) => Math.abs(value) < 1e-9);
				expect(determined, `${people} people can be derived`).toBe(false);
			}
		}),
		{ numRuns: 400 }
	);
});

test('does not depend on the order in which groups are named', () => {
	fc.assert(
		fc.property(forests, (cells) => {
			expect([...publishable(cells.toReversed())].sort()).toEqual([...publishable(cells)].sort());
		})
	);
});
