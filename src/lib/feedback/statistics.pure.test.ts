import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	asHundred,
	bandOf,
	bandText,
	estimateMean,
	estimateRecommendation,
	estimateShare,
	margin,
	mean,
	satisfactionIndex,
	variance,
	type Population
} from './statistics.ts';

const such: Population = { kind: 'such_trainings' };
const these = (size: number): Population => ({ kind: 'this_training', size });
const tally = (...counts: [value: number, count: number][]) => new Map(counts);
const fourStep = { lowest: 1, highest: 4 };

describe('known values', () => {
	test('a recommend score of +30 from 30 people carries about 28', () => {
		const score = estimateRecommendation(tally([10, 15], [8, 9], [3, 6]), such);
		expect(score.value).toBeCloseTo(30, 10);
		expect(score.high - score.value).toBeCloseTo(28, 0);
	});

	test('28 of 30 leave about 8 for this very training, 28 leave about 30 for trainings like it', () => {
		const said = tally([10, 14], [8, 8], [3, 6]);
		const score = estimateRecommendation(said, these(30));
		expect(score.high - score.value).toBeCloseTo(8, 0);
		const wider = estimateRecommendation(said, such);
		expect(wider.high - wider.value).toBeCloseTo(30, 0);
	});

	test('one element of the satisfaction index: 30 answers with deviation 0.7 give 6.3 points', () => {
		expect(asHundred(margin({ variance: 0.49, n: 30 }, such))).toBeCloseTo(6.26, 2);
	});

	test('mean and sample variance are those of a textbook', () => {
		const said = tally([2, 1], [4, 3], [5, 2], [7, 1], [9, 1]);
		expect(mean(said)).toBe(5);
		expect(variance(said)).toBeCloseTo(32 / 7, 10);
	});
});

describe('the satisfaction index', () => {
	const nine = (said: Map<number, number>) => Array.from({ length: 9 }, () => said);

	test('full marks give exactly 100, not 99', () => {
		expect(satisfactionIndex(nine(tally([4, 10])), such)?.value).toBe(100);
	});

	test('the lowest marks give exactly 25', () => {
		expect(satisfactionIndex(nine(tally([1, 10])), such)?.value).toBe(25);
	});

	test('every element weighs the same, however many answered it', () => {
		const index = satisfactionIndex([tally([4, 100]), tally([2, 5])], such);
		expect(index?.value).toBe(75);
	});

	test('is not given while an element has no answer', () => {
		expect(satisfactionIndex([...nine(tally([4, 10])), new Map()], such)).toBeNull();
	});

	test.each([
		[100, 'A'],
		[88.31, 'A'],
		[88.305, 'B'],
		[76.61, 'B'],
		[76.6, 'C'],
		[65, 'C'],
		[64.995, 'D'],
		[25, 'D']
	])('%d lies in band %s', (index, band) => {
		expect(bandOf(index)).toBe(band);
	});

	test('says so when its interval reaches into another band', () => {
		expect(bandText({ value: 80, low: 77, high: 83 })).toBe('B');
		expect(bandText({ value: 78, low: 72, high: 84 })).toBe('B (B–C)');
		expect(bandText({ value: 86, low: 74, high: 98 })).toBe('B (A–C)');
	});
});

const said = fc
	.dictionary(fc.constantFrom('1', '2', '3', '4'), fc.integer({ min: 1, max: 200 }), { minKeys: 1 })
	.map((counts) => new Map(Object.entries(counts).map(([value, n]) => [Number(value), n])));

describe('for any answers', () => {
	test('an interval holds its value and stays on the scale', () => {
		fc.assert(
			fc.property(said, fc.integer({ min: 0, max: 50 }), (counts, silent) => {
				const n = [...counts.values()].reduce((a, b) => a + b, 0);
				for (const population of [such, these(n + silent)]) {
					const found = estimateMean(counts, fourStep, population);
					expect(found.low).toBeGreaterThanOrEqual(1);
					expect(found.low).toBeLessThanOrEqual(found.value);
					expect(found.high).toBeGreaterThanOrEqual(found.value);
					expect(found.high).toBeLessThanOrEqual(4);
				}
			})
		);
	});

	test('nothing is unknown once everybody of this training has answered', () => {
		fc.assert(
			fc.property(said, (counts) => {
				const n = [...counts.values()].reduce((a, b) => a + b, 0);
				const found = estimateMean(counts, fourStep, these(n));
				expect(found.high - found.low).toBe(0);
				const share = estimateShare(counts, 4, these(n));
				expect(share.high - share.low).toBeCloseTo(0, 12);
			})
		);
	});
});
