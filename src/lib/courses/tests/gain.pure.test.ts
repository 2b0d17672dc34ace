import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference, gainInItem, gainInPart, normalisedGain, type Pair } from './gain.ts';
import type { FormName } from './test.ts';

const pair = (first: FormName, before: number, after: number): Pair => ({ first, before, after });

describe('the gain in a part of the test', () => {
	test('is the mean of both orders, with a t interval: worked out by hand', () => {
		// A first: gains 0.2 0.4 0.6, mean 0.4, variance 0.04. B first: 0.1 0.3, mean 0.2, variance 0.02.
		const found = gainInPart([
			pair('A', 0.2, 0.4),
			pair('A', 0.2, 0.6),
			pair('A', 0.2, 0.8),
			pair('B', 0.5, 0.6),
			pair('B', 0.5, 0.8)
		]);
		// Error ½ √(0.04/3 + 0.02/2) = 0.0764; Welch 0.02333² ⁄ (0.01333²/2 + 0.01²/1) = 2.88 degrees.
		expect(found).toMatchObject({ n: 5, crossed: true });
		expect(found?.value).toBeCloseTo(0.3, 10);
		expect(found?.before).toBeCloseTo(0.35, 10);
		expect(found?.after).toBeCloseTo(0.65, 10);
		expect((found?.high ?? 0) - (found?.value ?? 0)).toBeCloseTo(4.303 * 0.07638, 3);
	});

	test('does not mistake a harder form for a gain', () => {
		// Nobody learns anything; B is 0.3 harder; three begin with A, two with B.
		const found = gainInPart([
			pair('A', 0.7, 0.4),
			pair('A', 0.8, 0.5),
			pair('A', 0.6, 0.3),
			pair('B', 0.4, 0.7),
			pair('B', 0.5, 0.8)
		]);
		expect(found?.value).toBeCloseTo(0, 10);
	});

	test('is told from one order alone when nobody is in the other, and says so', () => {
		const same = Array.from({ length: 6 }, (_, at) => pair('A', 0.5, 0.5 + at / 10));
		// Gains 0 … 0.5: mean 0.25, variance 0.035, error √(0.035/6), 5 degrees of freedom.
		const found = gainInPart(same);
		expect(found?.crossed).toBe(false);
		expect(found?.value).toBeCloseTo(0.25, 10);
		expect((found?.value ?? 0) - (found?.low ?? 0)).toBeCloseTo(2.571 * Math.sqrt(0.035 / 6), 2);
	});
});

describe('the gain in one item', () => {
	test('has the interval of Bonett and Price when there is one order', () => {
		// 10 people: 6 learnt it, 1 lost it. p̃ 7/12 and 2/12: middle 0.4167, error √((0.75−0.1736)/12).
		const pairs = [
			...Array.from({ length: 6 }, () => pair('A', 0, 1)),
			pair('A', 1, 0),
			...Array.from({ length: 3 }, () => pair('A', 1, 1))
		];
		const found = gainInItem(pairs);
		expect(found?.value).toBeCloseTo(0.5, 10);
		expect(found?.low).toBeCloseTo(0.4167 - 1.96 * 0.21917, 3);
		expect(found?.high).toBeCloseTo(0.4167 + 1.96 * 0.21917, 3);
	});

	test('does not close when everybody has learnt it', () => {
		const found = gainInItem(Array.from({ length: 5 }, () => pair('A', 0, 1)));
		expect(found?.value).toBe(1);
		// p̃ 6/7 and 1/7: middle 5/7, error √((1 − 25/49)/7).
		expect(found?.low).toBeCloseTo(5 / 7 - 1.96 * Math.sqrt(24 / 49 / 7), 6);
		expect(found?.high).toBe(1);
	});
});

describe('every gain', () => {
	const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);
	const people = (min: number, max: number) =>
		fc.array(
			fc.record({ first: fc.constantFrom<FormName>('A', 'B'), before: share, after: share }),
			{ minLength: min, maxLength: max }
		);

	test('is hidden for fewer than five people', () => {
		fc.assert(
			fc.property(people(0, 4), (pairs) => {
				expect(gainInPart(pairs)).toBeNull();
				expect(gainInItem(pairs)).toBeNull();
			})
		);
	});

	test('lies between −1 and 1, and is what after is more than before', () => {
		fc.assert(
			fc.property(people(5, 40), (pairs) => {
				for (const found of [gainInPart(pairs), gainInItem(pairs)]) {
					expect(found).not.toBeNull();
					if (!found) return;
					expect(found.n).toBe(pairs.length);
					expect(found.value).toBeCloseTo(found.after - found.before, 10);
					for (const edge of [found.low, found.high]) expect(Math.abs(edge)).toBeLessThanOrEqual(1);
					expect(found.low).toBeLessThanOrEqual(found.high);
				}
			})
		);
	});

	test('turns round when before and after do', () => {
		fc.assert(
			fc.property(people(5, 40), (pairs) => {
				const turned = pairs.map(({ first, before, after }) => pair(first, after, before));
				expect(gainInPart(turned)?.value).toBeCloseTo(-(gainInPart(pairs)?.value ?? 0), 10);
				expect(gainInItem(turned)?.high).toBeCloseTo(-(gainInItem(pairs)?.low ?? 0), 10);
			})
		);
	});
});

test('the normalised gain tells how much of the rest was learnt', () => {
	expect(normalisedGain({ before: 0.4, after: 0.7 })).toEqual({
		value: expect.closeTo(0.5, 10),
		band: 'medium'
	});
	expect(normalisedGain({ before: 0.5, after: 0.9 })?.band).toBe('high');
	expect(normalisedGain({ before: 0.5, after: 0.6 })?.band).toBe('low');
	expect(normalisedGain({ before: 1, after: 1 })).toBeNull();
});

test('the difference of two groups is hidden when either is small', () => {
	const five = [0.2, 0.4, 0.6, 0.8, 1];
	expect(difference(five, five.slice(1))).toBeNull();
	// Both variances 0.1: error √(0.02 + 0.02) = 0.2, 8 degrees of freedom, t = 2.306.
	const found = difference(five, five);
	expect(found?.value).toBeCloseTo(0, 10);
	expect(found?.high).toBeCloseTo(2.306 * 0.2, 2);
});
