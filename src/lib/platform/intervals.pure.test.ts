import { describe, expect, test } from 'vitest';
import { student95, wilson } from './intervals.ts';

describe('the interval of a share', () => {
	test('is 52 to 83 per cent for 21 of 30', () => {
		const { low, high } = wilson(21, 30);
		expect(low).toBeCloseTo(0.521, 3);
		expect(high).toBeCloseTo(0.833, 3);
	});

	test('does not close when everybody agrees', () => {
		expect(wilson(10, 10).low).toBeCloseTo(0.722, 3);
		expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
	});
});

describe("Student's t", () => {
	// The printed tables, two-sided 95 %.
	test.each([
		[1, 12.706],
		[2, 4.303],
		[3, 3.182],
		[4, 2.776],
		[5, 2.571],
		[10, 2.228],
		[30, 2.042],
		[120, 1.98]
	])('with %i degrees of freedom is %f', (degrees, table) => {
		expect(Math.abs(student95(degrees) - table)).toBeLessThan(0.01);
	});
});
