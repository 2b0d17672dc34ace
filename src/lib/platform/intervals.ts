/**
 * Intervals in which a true value may lie (95 %), for few answers too. Rooms put
 * their own words and limits around them.
 */
export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** Two-sided 95 % of the normal distribution. */
export const Z95 = 1.96;

/** Wilson's interval of a share: honest also near 0 and 1, and for few answers. */
export function wilson(hits: number, n: number): Interval {
	if (n === 0) return { low: 0, high: 1 };
	const share = hits / n;
	const z2 = Z95 * Z95;
	const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
	const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
	return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** For one and two degrees of freedom the series below does not hold. */
const SMALLEST = [Infinity, 12.706, 4.303];

/**
 * Two-sided 95 % of Student's t: what takes the place of 1.96 when the spread
 * itself is known from few values only. Cornish and Fisher's series, within 0.01
 * of the tables from 3 degrees of freedom on.
 */
export function student95(degrees: number): number {
	const known = SMALLEST[Math.floor(degrees)];
	if (known !== undefined) return known;
	const z = 1.959964;
	const terms = [
		(z ** 3 + z) / 4,
		(5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
		(3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
		(79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160
	];
	return terms.reduce((sum, term, at) => sum + term / degrees ** (at + 1), z);
}
