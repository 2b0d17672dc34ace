/**
 * Numbers with their honesty: no mean, share or score without the interval in
 * which the true value may lie (95 %), and always with what it is the value of.
 *
 * `this_training`: what the people of this very training think; those who did
 * not answer are the only unknown, so the interval closes as n reaches N.
 * `such_trainings`: what people of trainings like this one would think.
 *
 * Pure, on counts per value (`Tally`), never on single answers.
 */
import { wilson, Z95, type Interval } from '#lib/platform/intervals.ts';

/** value → how many chose it. */
export type Tally = ReadonlyMap<number, number>;

/** Who an interval speaks for; a finite population has a size. */
export type Population =
	{ readonly kind: 'this_training'; readonly size: number } | { readonly kind: 'such_trainings' };

export interface Estimate extends Interval {
	readonly value: number;
	readonly n: number;
	readonly population: Population['kind'];
}

export function total(tally: Tally): number {
	let n = 0;
	for (const count of tally.values()) n += count;
	return n;
}

export function mean(tally: Tally): number {
	let sum = 0;
	for (const [value, count] of tally) sum += value * count;
	return sum / total(tally);
}

/** The sample variance; 0 for fewer than two answers. */
export function variance(tally: Tally): number {
	const n = total(tally);
	if (n < 2) return 0;
	const middle = mean(tally);
	let squares = 0;
	for (const [value, count] of tally) squares += count * (value - middle) ** 2;
	return squares / (n - 1);
}

/** How much smaller the error is because n of the N people there are have answered. */
export function finiteCorrection(n: number, population: Population): number {
	if (population.kind === 'such_trainings') return 1;
	const { size } = population;
	if (size <= 1 || n >= size) return 0;
	return Math.sqrt((size - n) / (size - 1));
}

/** Half the width of the interval of a mean whose answers have this variance. */
export function margin(spread: { variance: number; n: number }, population: Population): number {
	if (spread.n === 0) return Infinity;
	const error = Math.sqrt(spread.variance / spread.n);
	return Z95 * error * finiteCorrection(spread.n, population);
}

/** The mean of a scale that runs from `lowest` to `highest`, with its interval. */
export function estimateMean(
	tally: Tally,
	scale: { lowest: number; highest: number },
	population: Population
): Estimate {
	const n = total(tally);
	const value = mean(tally);
	const half = margin({ variance: variance(tally), n }, population);
	return within({ value, n, half, ...scale }, population);
}

/** The share of one value; for a finite population the interval shrinks towards the share. */
export function estimateShare(tally: Tally, value: number, population: Population): Estimate {
	const n = total(tally);
	const hits = tally.get(value) ?? 0;
	const share = n === 0 ? 0 : hits / n;
	const { low, high } = wilson(hits, n);
	const closer = finiteCorrection(n, population);
	return {
		value: share,
		low: share - (share - low) * closer,
		high: share + (high - share) * closer,
		n,
		population: population.kind
	};
}

/** 9 and 10 promote, 0 to 6 do not; the score runs from −100 to 100. */
export function estimateRecommendation(tally: Tally, population: Population): Estimate {
	const verdicts = new Map<number, number>();
	for (const [value, count] of tally) {
		const verdict = value >= 9 ? 100 : value <= 6 ? -100 : 0;
		verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + count);
	}
	return estimateMean(verdicts, { lowest: -100, highest: 100 }, population);
}

export type Band = 'A' | 'B' | 'C' | 'D';

/** PermenPANRB 14/2017, read as lower bounds: its printed ranges leave gaps between them. */
const bandFloors: readonly (readonly [Band, number])[] = [
	['A', 88.31],
	['B', 76.61],
	['C', 65],
	['D', -Infinity]
];

export function bandOf(index: number): Band {
	return bandFloors.find(([, floor]) => index >= floor)?.[0] ?? 'D';
}

/** "B", or "B (B–C)" when the interval reaches into another band. */
export function bandText({ value, low, high }: Pick<Estimate, 'value' | 'low' | 'high'>): string {
	const [best, worst] = [bandOf(high), bandOf(low)];
	return best === worst ? bandOf(value) : `${bandOf(value)} (${best}–${worst})`;
}

/** 1–4 as 25–100, the way Indonesian public services print it. */
export const asHundred = (fourStep: number): number => fourStep * 25;

/**
 * Indeks Kepuasan Masyarakat: the mean of the means of its elements, times 25.
 *
 * Every element weighs exactly 1/n (the official examples round 1/9 to 0.11, so
 * that full marks give 99). Answers to the elements go together in a way the
 * counts do not tell, so the interval assumes the worst: that they move as one.
 */
export function satisfactionIndex(
	elements: readonly Tally[],
	population: Population
): Estimate | null {
	if (elements.length === 0 || elements.some((tally) => total(tally) === 0)) return null;
	const average = (of: (tally: Tally) => number) =>
		elements.reduce((sum, tally) => sum + of(tally), 0) / elements.length;
	const half = average((tally) =>
		margin({ variance: variance(tally), n: total(tally) }, population)
	);
	const n = Math.min(...elements.map(total));
	return within(
		{ value: asHundred(average(mean)), n, half: asHundred(half), lowest: 25, highest: 100 },
		population
	);
}

function within(
	found: { value: number; n: number; half: number; lowest: number; highest: number },
	population: Population
): Estimate {
	return {
		value: found.value,
		low: Math.max(found.lowest, found.value - found.half),
		high: Math.min(found.highest, found.value + found.half),
		n: found.n,
		population: population.kind
	};
}
