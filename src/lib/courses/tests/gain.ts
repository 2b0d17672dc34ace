/**
 * What a class has gained (selisih) between the pre-test and the post-test: the
 * same people before and after, with the interval in which the gain of trainings
 * like this one may lie (95 %).
 *
 * Pure, on shares from 0 to 1; nothing for fewer than five people.
 */
import { student95, Z95, type Interval } from '#lib/platform/intervals.ts';
import { FEWEST_PEOPLE } from '../few-people.ts';
import type { FormName } from './test.ts';

/** One person who has taken both tests. */
export interface Pair {
	/** The form this person began with. */
	readonly first: FormName;
	/** Share of right answers, from 0 to 1. */
	readonly before: number;
	readonly after: number;
}

export interface Gain extends Interval {
	/** Difference of the shares, from −1 to 1. */
	readonly value: number;
	readonly before: number;
	readonly after: number;
	readonly n: number;
	/** Whether both orders of the forms are there, so that a harder form cannot look like a gain. */
	readonly crossed: boolean;
}

/**
 * The gain in a part of the test with several items. Null for fewer than five.
 *
 * The means of both orders count the same, however many people are in each: what
 * one form is harder than the other then cancels out. The interval is Welch's.
 */
export function gainInPart(pairs: readonly Pair[]): Gain | null {
	const groups = orders(pairs).map((group) =>
		summary(group.map(({ before, after }) => after - before))
	);
	const error = Math.sqrt(sum(groups.map(({ variance, n }) => variance / n))) / groups.length;
	const half = student95(welch(groups)) * error;
	return gain(pairs, { middle: mean(groups.map((group) => group.mean)), half });
}

/**
 * The gain in one item, where a person has learnt it, lost it or neither. Null
 * for fewer than five.
 *
 * Bonett and Price's interval for paired shares: one more of each kind of change
 * is added to what was seen, so that it does not close when all did the same.
 */
export function gainInItem(pairs: readonly Pair[]): Gain | null {
	const groups = orders(pairs).map((group) => {
		const learnt =
			(group.filter(({ before, after }) => after > before).length + 1) / (group.length + 2);
		const lost =
			(group.filter(({ before, after }) => after < before).length + 1) / (group.length + 2);
		const middle = learnt - lost;
		return { middle, variance: (learnt + lost - middle ** 2) / (group.length + 2) };
	});
	const error = Math.sqrt(sum(groups.map(({ variance }) => variance))) / groups.length;
	return gain(pairs, { middle: mean(groups.map(({ middle }) => middle)), half: Z95 * error });
}

/** Those who began with A and those who began with B; all together when one of the two is too small to tell. */
function orders(pairs: readonly Pair[]): Pair[][] {
	const byOrder = (['A', 'B'] as const).map((form) => pairs.filter(({ first }) => first === form));
	return byOrder.every((group) => group.length >= 2) ? byOrder : [[...pairs]];
}

function gain(
	pairs: readonly Pair[],
	{ middle, half }: { middle: number; half: number }
): Gain | null {
	if (pairs.length < FEWEST_PEOPLE) return null;
	const groups = orders(pairs);
	const average = (of: (pair: Pair) => number) => mean(groups.map((group) => mean(group.map(of))));
	const [before, after] = [average((pair) => pair.before), average((pair) => pair.after)];
	return {
		value: after - before,
		low: Math.max(-1, middle - half),
		high: Math.min(1, middle + half),
		before,
		after,
		n: pairs.length,
		crossed: groups.length === 2
	};
}

interface Summary {
	readonly mean: number;
	readonly variance: number;
	readonly n: number;
}

function summary(values: readonly number[]): Summary {
	const middle = mean(values);
	const squares = sum(values.map((value) => (value - middle) ** 2));
	return { mean: middle, variance: squares / Math.max(1, values.length - 1), n: values.length };
}

/** Welch and Satterthwaite's degrees of freedom. */
function welch(groups: readonly Summary[]): number {
	const parts = groups.map(({ variance, n }) => ({ error: variance / n, degrees: n - 1 }));
	const below = sum(parts.map(({ error, degrees }) => error ** 2 / Math.max(1, degrees)));
	return below === 0
		? sum(parts.map(({ degrees }) => degrees))
		: sum(parts.map(({ error }) => error)) ** 2 / below;
}

const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

export type GainBand = 'low' | 'medium' | 'high';

/**
 * Hake's gain: how much of what was still to learn was learnt. Null where nothing
 * was left to learn.
 */
export function normalisedGain({ before, after }: Pick<Gain, 'before' | 'after'>) {
	if (before >= 1) return null;
	const value = (after - before) / (1 - before);
	const band: GainBand = value > 0.7 ? 'high' : value >= 0.3 ? 'medium' : 'low';
	return { value, band };
}

/** The mean of one group minus that of another, who are other people. Null when either is too small. */
export function difference(one: readonly number[], other: readonly number[]) {
	if (one.length < FEWEST_PEOPLE || other.length < FEWEST_PEOPLE) return null;
	const groups = [summary(one), summary(other)] as const;
	const value = groups[0].mean - groups[1].mean;
	const half =
		student95(welch(groups)) * Math.sqrt(sum(groups.map((group) => group.variance / group.n)));
	return { value, low: value - half, high: value + half };
}
