/**
 * What a class knows, and what it has gained: by lesson, by module and in all.
 *
 * Pure; of five people or more, never of one. A test is told about once it is
 * closed: figures that grow one person at a time would give each of them away.
 */
import { wilson, type Interval } from '#lib/platform/intervals.ts';
import { FEWEST_PEOPLE } from '../few-people.ts';
import { difference, gainInItem, gainInPart, type Gain, type Pair } from './gain.ts';
import { shownPeople } from './shown-people.ts';
import { otherForm, type FormName, type TestPhase } from './test.ts';

/** One item of one person's test that counts. */
export interface CountedAnswer {
	readonly userId: string;
	readonly phase: TestPhase;
	readonly form: FormName;
	/** The key of the lesson. */
	readonly objective: string;
	readonly right: boolean;
	/** When the test was handed in. */
	readonly handedInAt: Date;
}

/** When each test was closed the first time; null where it ended with its days. */
export type FirstClosed = Readonly<Record<TestPhase, Date | null>>;

export interface Known extends Interval {
	readonly objective: string;
	readonly share: number;
	readonly n: number;
}

export interface PhaseResult {
	readonly n: number;
	/** Mean share of right answers. */
	readonly mean: number;
	/** By lesson, the weakest first. */
	readonly objectives: readonly Known[];
}

export interface ObjectiveGain {
	readonly objective: string;
	readonly gain: Gain;
}

export interface FormsCompared extends Interval {
	readonly A: { readonly mean: number; readonly n: number };
	readonly B: { readonly mean: number; readonly n: number };
	/** A minus B, before the training. */
	readonly value: number;
}

export interface ClassGain {
	readonly total: Gain;
	readonly modules: readonly { readonly moduleSlug: string; readonly gain: Gain }[];
	readonly objectives: readonly ObjectiveGain[];
	/** Null where too few took one of the forms first. */
	readonly forms: FormsCompared | null;
}

/** How many people took which of the two tests: the gain speaks for those who took both. */
export interface Turnout {
	readonly invited: number;
	readonly both: number;
	readonly onlyPre: number;
	readonly onlyPost: number;
	readonly neither: number;
}

type Answers = readonly CountedAnswer[];

/**
 * Null for fewer than five people. `both`: those of whom the gain speaks, once it is told.
 */
export function phaseResult(
	answers: Answers,
	phase: TestPhase,
	firstClosed: FirstClosed,
	both: ReadonlySet<string> = new Set()
): PhaseResult | null {
	const people = besides(both, shown(inPhase(answers, phase), firstClosed[phase]));
	if (people.length < FEWEST_PEOPLE) return null;
	const objectives = [...byObjective(people.flat()).entries()].map(([objective, own]): Known => {
		const right = own.filter((answer) => answer.right).length;
		return { objective, share: right / own.length, ...wilson(right, own.length), n: own.length };
	});
	return {
		n: people.length,
		mean: mean(people.map(shareRight)),
		objectives: objectives
			.filter(({ n }) => n >= FEWEST_PEOPLE)
			.toSorted((one, other) => one.share - other.share)
	};
}

/** Those who took both tests and of whom the gain may speak; nobody for fewer than five. */
export function tookBothTests(answers: Answers, firstClosed: FirstClosed): ReadonlySet<string> {
	const pairs = [...peopleIn(answers).values()].filter(tookBoth);
	// Opening the post-test ended the pre-test: a pair is complete when its post-test is.
	return shownPeople(inPhase(pairs.flat(), 'post'), firstClosed.post);
}

/** Null for fewer than five people who took both tests. */
export function classGain(answers: Answers, firstClosed: FirstClosed): ClassGain | null {
	const counted = tookBothTests(answers, firstClosed);
	const both = [...peopleIn(answers)].filter(([id]) => counted.has(id)).map(([, own]) => own);
	const total = gainInPart(both.map((own) => pairOf(own)));
	if (!total) return null;
	const modules = [...new Set(answers.map(({ objective }) => moduleOf(objective)))];
	const objectives = [...new Set(answers.map(({ objective }) => objective))];
	return {
		total,
		modules: modules.flatMap((moduleSlug) => {
			const gain = gainInPart(
				pairsAbout(both, ({ objective }) => moduleOf(objective) === moduleSlug)
			);
			return gain ? [{ moduleSlug, gain }] : [];
		}),
		objectives: objectives.flatMap((wanted) => {
			const gain = gainInItem(pairsAbout(both, ({ objective }) => objective === wanted));
			return gain ? [{ objective: wanted, gain }] : [];
		}),
		forms: compareForms(besides(counted, shown(inPhase(answers, 'pre'), firstClosed.pre)))
	};
}

export function turnoutOf(answers: Answers, invited: number): Turnout {
	const people = [...peopleIn(answers).values()];
	const both = people.filter(tookBoth).length;
	const only = (phase: TestPhase) =>
		people.filter((own) => own.every((answer) => answer.phase === phase)).length;
	const [onlyPre, onlyPost] = [only('pre'), only('post')];
	const neither = Math.max(0, invited - both - onlyPre - onlyPost);
	return { invited, both, onlyPre, onlyPost, neither };
}

function peopleIn(answers: Answers): Map<string, CountedAnswer[]> {
	const people = new Map<string, CountedAnswer[]>();
	for (const answer of answers) {
		const own = people.get(answer.userId) ?? [];
		own.push(answer);
		people.set(answer.userId, own);
	}
	return people;
}

/** Each person's answers of one phase. */
function shown(answers: Answers, firstClosedAt: Date | null): Answers[] {
	const counted = shownPeople(answers, firstClosedAt);
	const people = peopleIn(answers);
	return [...people].filter(([userId]) => counted.has(userId)).map(([, own]) => own);
}

/**
 * Beside figures of `both`, figures of one to four people more would tell about these few by subtraction:
 * then they are left out here too.
 */
function besides(both: ReadonlySet<string>, people: readonly Answers[]): readonly Answers[] {
	const inBoth = people.filter(([first]) => first && both.has(first.userId));
	const more = people.length - inBoth.length;
	return both.size > 0 && more < FEWEST_PEOPLE ? inBoth : people;
}

function byObjective(answers: Answers): Map<string, CountedAnswer[]> {
	const found = new Map<string, CountedAnswer[]>();
	for (const answer of answers) {
		const same = found.get(answer.objective) ?? [];
		same.push(answer);
		found.set(answer.objective, same);
	}
	return found;
}

const inPhase = (own: Answers, phase: TestPhase) => own.filter((answer) => answer.phase === phase);
const tookBoth = (own: Answers) =>
	inPhase(own, 'pre').length > 0 && inPhase(own, 'post').length > 0;

function pairsAbout(people: readonly Answers[], about: (answer: CountedAnswer) => boolean): Pair[] {
	return people
		.map((own) => own.filter(about))
		.filter(tookBoth)
		.map(pairOf);
}

function pairOf(own: Answers): Pair {
	const [before, after] = [inPhase(own, 'pre'), inPhase(own, 'post')];
	const first = before[0]?.form ?? otherForm(after[0]?.form ?? 'B');
	return { first, before: shareRight(before), after: shareRight(after) };
}

function compareForms(people: readonly Answers[]): FormsCompared | null {
	const sharesWith = (form: FormName) =>
		people.filter((own) => own[0]?.form === form).map(shareRight);
	const [A, B] = [sharesWith('A'), sharesWith('B')];
	const found = difference(A, B);
	return (
		found && { ...found, A: { mean: mean(A), n: A.length }, B: { mean: mean(B), n: B.length } }
	);
}

const moduleOf = (objective: string) => objective.split('/')[0] ?? objective;
const shareRight = (own: Answers) => own.filter(({ right }) => right).length / own.length;
const mean = (values: readonly number[]) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
