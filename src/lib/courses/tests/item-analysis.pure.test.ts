import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseItem, FEWEST_ANSWERS, type TallyRow } from './item-analysis.ts';

const row = (
	score: number,
	answer: string,
	n: number,
	fields: Partial<TallyRow> = {}
): TallyRow => ({
	phase: 'post',
	score,
	answer,
	right: answer === 'a',
	n,
	...fields
});
const keys = ['a', 'b', 'c', 'd'];

/** Forty after the training: the strong know it, the weak are drawn to b. */
const sound = [
	row(90, 'a', 10),
	row(70, 'a', 8),
	row(70, 'c', 2),
	row(50, 'a', 5),
	row(50, 'b', 3),
	row(50, 'd', 2),
	row(30, 'a', 2),
	row(30, 'b', 6),
	row(30, 'd', 2)
];

describe('an item', () => {
	test('is told about from twenty answers on', () => {
		expect(analyseItem([row(50, 'a', 19)], keys)).toBeNull();
		expect(analyseItem([row(50, 'a', 20)], keys)).toMatchObject({ n: 20 });
	});

	test('has a difficulty with its interval, and what each option drew: counted by hand', () => {
		const found = analyseItem(sound, keys);
		expect(found?.n).toBe(40);
		expect(found?.difficulty.value).toBe(25 / 40);
		expect(found?.difficulty.low).toBeCloseTo(0.47, 2);
		expect(found?.difficulty.high).toBeCloseTo(0.758, 2);
		expect(found?.answers.map(({ answer, n }) => [answer, n])).toEqual([
			['a', 25],
			['b', 9],
			['d', 4],
			['c', 2]
		]);
		expect(found?.flags).toEqual([]);
	});

	test('tells the strongest from the weakest 27 per cent: counted by hand', () => {
		// 10.8 of 40. Above: 10 with 90 and 0.8 of the ten with 70, of whom 0.8 are right: (10 + 0.64) / 10.8.
		// Below: 10 with 30, of whom 2 are right, and 0.8 of those with 50, half right: (2 + 0.4) / 10.8.
		const found = analyseItem(sound, keys)?.discrimination;
		expect(found?.value).toBeCloseTo((10.64 - 2.4) / 10.8, 10);
		// p̃ (10.64 + 1) / 12.8 = 0.909 and (2.4 + 1) / 12.8 = 0.266: error √((0.0825 + 0.195) / 10.8).
		expect((found?.value ?? 0) - (found?.low ?? 0)).toBeCloseTo(1.96 * 0.1603, 3);
		expect(found?.high).toBe(1);
	});

	test('is not said to tell the strong from the weak because everybody has learnt it', () => {
		// Before, nobody knows and all score low; after, all know and score high. Within each, no difference.
		const rows = [row(20, 'b', 20, { phase: 'pre' }), row(90, 'a', 20)];
		expect(analyseItem(rows, keys)).toMatchObject({
			discrimination: { value: 0 },
			before: { value: 0, n: 20 },
			after: { value: 1, n: 20 }
		});
	});

	test('has no figure before or after for fewer than twenty there', () => {
		const found = analyseItem([row(50, 'a', 12, { phase: 'pre' }), row(50, 'b', 12)], keys);
		expect(found).toMatchObject({ n: 24, before: null, after: null });
	});

	const times = (factor: number, rows: readonly TallyRow[]) =>
		rows.map((cell) => ({ ...cell, n: cell.n * factor }));
	const flagged: [string, TallyRow[]][] = [
		['reversed', [row(90, 'b', 30), row(50, 'a', 40), row(50, 'c', 15), row(30, 'a', 30)]],
		['rival', [row(50, 'a', 20), row(50, 'b', 45), row(50, 'c', 15), row(50, 'd', 10)]],
		['too_hard', [row(50, 'a', 20), row(50, 'b', 25), row(50, 'c', 25), row(50, 'd', 20)]],
		['too_easy', [row(50, 'a', 58, { phase: 'pre' }), row(40, 'b', 2, { phase: 'pre' })]],
		[
			'hardly_tells',
			times(12, [row(90, 'a', 10), row(90, 'b', 10), row(30, 'a', 10), row(30, 'c', 10)])
		],
		['idle_option', sound.map((cell) => (cell.answer === 'c' ? { ...cell, answer: 'd' } : cell))]
	];

	test.each(flagged)('is flagged as %s', (flag, rows) => {
		expect(analyseItem(rows, keys)?.flags).toContain(flag);
	});

	test('is not flagged for what a handful of people may have done by chance', () => {
		const rows = [
			row(90, 'b', 3),
			row(70, 'a', 8),
			row(50, 'c', 5),
			row(30, 'a', 4),
			row(30, 'd', 1)
		];
		expect(analyseItem(rows, keys)).toMatchObject({ n: 21, flags: [] });
	});
});

test('whatever the counts, figures are shares and nobody is lost', () => {
	const cell = fc.record({
		phase: fc.constantFrom<TallyRow['phase']>('pre', 'post'),
		score: fc.integer({ min: 0, max: 100 }),
		answer: fc.constantFrom('a', 'b', 'c', ''),
		n: fc.integer({ min: 1, max: 30 })
	});
	fc.assert(
		fc.property(fc.array(cell, { minLength: 1, maxLength: 30 }), (cells) => {
			const rows = cells.map((one): TallyRow => ({ ...one, right: one.answer === 'a' }));
			const n = rows.reduce((sum, one) => sum + one.n, 0);
			const found = analyseItem(rows, keys);
			expect(found === null).toBe(n < FEWEST_ANSWERS);
			if (!found) return;
			expect(found.answers.reduce((sum, one) => sum + one.n, 0)).toBe(n);
			expect(found.answers.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 10);
			expect(found.difficulty.low).toBeLessThanOrEqual(found.difficulty.value + 1e-9);
			expect(found.difficulty.high).toBeGreaterThanOrEqual(found.difficulty.value - 1e-9);
			expect(Math.abs(found.discrimination?.value ?? 0)).toBeLessThanOrEqual(1 + 1e-9);
		})
	);
});
