/**
 * How well an item works (analisis soal), over all trainings: how many know the
 * answer, whether those who know more answer it more often, and whether every
 * option is a real temptation. Hints for whoever writes items, in plain words.
 *
 * Pure, on counts per wording of an item; nothing for fewer than twenty answers.
 */
import { wilson, Z95, type Interval } from '#lib/platform/intervals.ts';
import type { TestPhase } from './test.ts';

/** With fewer answers such figures are noise. */
export const FEWEST_ANSWERS = 20;

/** A cell of the counts: so many people with this score of the whole test gave this answer. */
export interface TallyRow {
	readonly phase: TestPhase;
	/** Per cent of the whole test. */
	readonly score: number;
	/** Empty: left open. */
	readonly answer: string;
	readonly right: boolean;
	readonly n: number;
}

export interface Share extends Interval {
	readonly value: number;
	readonly n: number;
}

export interface Discrimination extends Interval {
	readonly value: number;
}

export interface AnswerShare {
	readonly answer: string;
	readonly right: boolean;
	readonly share: number;
	readonly n: number;
}

export type Flag = 'too_easy' | 'too_hard' | 'reversed' | 'hardly_tells' | 'rival' | 'idle_option';

export interface Analysis {
	readonly n: number;
	/** Share of right answers: what is called the difficulty. */
	readonly difficulty: Share;
	/** The same before and after the training; null where there are too few. */
	readonly before: Share | null;
	readonly after: Share | null;
	/** Share right among the strongest minus that among the weakest 27 %; null when it cannot be told. */
	readonly discrimination: Discrimination | null;
	/** The most frequent first; those left open at the end. */
	readonly answers: readonly AnswerShare[];
	/** What deserves a look, the worst first. */
	readonly flags: readonly Flag[];
}

/** Null as long as there are fewer than twenty answers. `options`: the keys that were offered, if any. */
export function analyseItem(
	rows: readonly TallyRow[],
	options: readonly string[]
): Analysis | null {
	const n = count(rows);
	if (n < FEWEST_ANSWERS) return null;
	const found = {
		n,
		difficulty: shareRight(rows),
		before: enough(rows.filter(({ phase }) => phase === 'pre')),
		after: enough(rows.filter(({ phase }) => phase === 'post')),
		discrimination: discriminationIn(rows),
		answers: answersIn(rows)
	};
	return { ...found, flags: flagsOf(found, options) };
}

const count = (rows: readonly TallyRow[]) => rows.reduce((sum, { n }) => sum + n, 0);
const countRight = (rows: readonly TallyRow[]) => count(rows.filter(({ right }) => right));

function shareRight(rows: readonly TallyRow[]): Share {
	const [n, right] = [count(rows), countRight(rows)];
	return { value: right / n, ...wilson(right, n), n };
}

const enough = (rows: readonly TallyRow[]) =>
	count(rows) < FEWEST_ANSWERS ? null : shareRight(rows);

/** Kelley's share: large enough to count, far enough apart to differ. */
const EXTREME = 0.27;
/** A phase with fewer people says nothing about strong and weak. */
const FEWEST_IN_PHASE = 10;

/**
 * Each phase by itself, then together by their size: what everybody has learnt in
 * between would otherwise look like a difference between strong and weak.
 */
function discriminationIn(rows: readonly TallyRow[]): Discrimination | null {
	const phases = (['pre', 'post'] as const)
		.map((phase) => rows.filter((row) => row.phase === phase))
		.filter((part) => count(part) >= FEWEST_IN_PHASE);
	const n = phases.reduce((sum, part) => sum + count(part), 0);
	if (n === 0) return null;
	const parts = phases.map((part) => ({ weight: count(part) / n, ...upperMinusLower(part) }));
	const value = parts.reduce((sum, part) => sum + part.weight * part.value, 0);
	const variance = parts.reduce((sum, part) => sum + part.weight ** 2 * part.variance, 0);
	const half = Z95 * Math.sqrt(variance);
	return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}

function upperMinusLower(rows: readonly TallyRow[]): { value: number; variance: number } {
	const size = count(rows) * EXTREME;
	const byScore = rows.toSorted((one, other) => other.score - one.score);
	const upper = rightAmongFirst(byScore, size);
	const lower = rightAmongFirst(byScore.toReversed(), size);
	return {
		value: (upper - lower) / size,
		variance: varianceOfShare(upper, size) + varianceOfShare(lower, size)
	};
}

/** As if one more had been right and one more wrong: else it would be none where all did the same. */
function varianceOfShare(right: number, size: number): number {
	const share = (right + 1) / (size + 2);
	return (share * (1 - share)) / size;
}

/** Of those with the score at the edge a fair part is taken. */
function rightAmongFirst(rows: readonly TallyRow[], size: number): number {
	let left = size;
	let right = 0;
	for (const score of new Set(rows.map((row) => row.score))) {
		const same = rows.filter((row) => row.score === score);
		const taken = Math.min(left, count(same));
		right += (countRight(same) / count(same)) * taken;
		left -= taken;
		if (left <= 0) break;
	}
	return right;
}

function answersIn(rows: readonly TallyRow[]): AnswerShare[] {
	const n = count(rows);
	const given = [...new Set(rows.map(({ answer }) => answer))].map((answer): AnswerShare => {
		const same = rows.filter((row) => row.answer === answer);
		const own = count(same);
		return { answer, right: same.some(({ right }) => right), share: own / n, n: own };
	});
	return given.toSorted((one, other) =>
		(one.answer === '') === (other.answer === '') ? other.n - one.n : one.answer === '' ? 1 : -1
	);
}

/** Judged at the end of the interval that speaks for the item, so that chance raises no flag. */
const LIMITS = {
	/** Known to nearly everybody before anything was taught. */
	easy: 0.8,
	/** Known to fewer than half although it was taught. */
	hard: 0.5,
	reversed: 0.1,
	tellsLittle: 0.25,
	idle: 0.1
};

function flagsOf(found: Omit<Analysis, 'flags'>, options: readonly string[]): Flag[] {
	const { difficulty, before, after, discrimination, answers, n } = found;
	const easy = (before ?? difficulty).low > LIMITS.easy;
	const worth = {
		reversed: discrimination !== null && discrimination.high < LIMITS.reversed,
		rival: hasRival(answers),
		too_hard: (after ?? difficulty).high < LIMITS.hard,
		too_easy: easy,
		hardly_tells: discrimination !== null && !easy && isFlat(discrimination),
		idle_option: !easy && options.some((key) => wilson(chosen(answers, key), n).high < LIMITS.idle)
	} satisfies Record<Flag, boolean>;
	return (Object.keys(worth) as Flag[]).filter((flag) => worth[flag]);
}

const isFlat = ({ high }: Interval) => high >= LIMITS.reversed && high < LIMITS.tellsLittle;

const chosen = (answers: readonly AnswerShare[], key: string) =>
	answers.find(({ answer }) => answer === key)?.n ?? 0;

/** Whether one wrong answer was given more often than the right one, by more than chance. */
function hasRival(answers: readonly AnswerShare[]): boolean {
	const right = answers.find((one) => one.right)?.n ?? 0;
	const rival = Math.max(
		0,
		...answers.filter(({ answer, right: isRight }) => !isRight && answer !== '').map(({ n }) => n)
	);
	return rival > right && rival - right > Z95 * Math.sqrt(rival + right);
}
