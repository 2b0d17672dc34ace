/**
 * Items (soal): questions with a right answer, an explanation and a version.
 * Quizzes, the questions at the end of a lesson and tests are made of them; the
 * measures of feedback (question.ts) have no right answer and are another thing.
 *
 * Pure. A new kind is one file in `kinds/` and one line in `kinds.ts`.
 */
import * as v from 'valibot';
import type { Locale } from '#lib/platform/calendar.ts';

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
export const inBoth = v.strictObject({ id: text, en: text });

/** What every item says, whatever its kind. */
const common = {
	/** Never given to another question: "QA1". */
	id: v.pipe(v.string(), v.regex(/^[A-Z]+[0-9]+$/)),
	/** Raised with every change of wording, so that answers to different questions are never added up. */
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	question: inBoth,
	explanation: inBoth
};

/** Key → text, in the order of the keys, however they were written. */
export type Texts = Readonly<Record<string, string>>;

const inOrder = (written: Readonly<Record<string, string | undefined>>): Texts =>
	Object.fromEntries(
		Object.entries(written)
			.filter((entry): entry is [string, string] => entry[1] !== undefined)
			.sort(([one], [other]) => (one < other ? -1 : 1))
	);

const more = v.exactOptional(text);
const inBothTexts = <S extends v.GenericSchema<unknown, Texts>>(texts: S) =>
	v.strictObject({ id: texts, en: texts });

export const twoOptions = inBothTexts(v.strictObject({ a: text, b: text }));
export const fourOptions = inBothTexts(
	v.pipe(
		v.strictObject({ a: text, b: text, c: more, d: more }),
		v.transform((written) => inOrder(written))
	)
);
export const sixOptions = inBothTexts(
	v.pipe(
		v.strictObject({ a: text, b: text, c: more, d: more, e: more, f: more }),
		v.transform((written) => inOrder(written))
	)
);
export const sixNumbered = inBothTexts(
	v.pipe(
		v.strictObject({ 1: text, 2: text, 3: more, 4: more, 5: more, 6: more }),
		v.transform((written) => inOrder(written))
	)
);
export const keys = v.pipe(v.array(text), v.minLength(1));
export const accepted = v.strictObject({ id: keys, en: keys });
export { text };

/**
 * An answer as it is kept and sent: keys of options with blanks between them,
 * "b", "a c", "c a b", "1:b 2:a", or the words that were written.
 */
export type Answer = string;

/** What a page shows for a kind; how it is read is said in answers.ts. */
export type Control = 'radios' | 'boxes' | 'places' | 'pairs' | 'words';

export interface Choice {
	readonly key: string;
	readonly text: string;
}

/** An item as it is put to somebody: without its answer. */
export interface Asked {
	readonly id: string;
	readonly version: number;
	readonly control: Control;
	/** What happened, before the question is put. */
	readonly scenario: string | null;
	readonly question: string;
	readonly options: readonly Choice[];
	/** For pairs alone: what an option is to be found for. */
	readonly left: readonly Choice[];
}

export interface Share {
	readonly right: number;
	readonly total: number;
}

export interface Reasoned {
	readonly text: string;
	readonly reason: string;
	readonly good: boolean;
	readonly chosen: boolean;
}

/** How one item was answered, and why the right answer is right. */
export interface Explained {
	readonly id: string;
	readonly scenario: string | null;
	readonly question: string;
	readonly right: boolean;
	/** How many places or pairs are right, where an answer has several. */
	readonly partly: Share | null;
	/** Whether the lines below are an order. */
	readonly numbered: boolean;
	/** What was answered, a line each; empty when it was left open. */
	readonly chosen: readonly string[];
	readonly answer: readonly string[];
	/** Why each option is good or not, where the item says so. */
	readonly reasons: readonly Reasoned[];
	readonly explanation: string;
}

/** Tells which field of an item is wrong, in a sentence for people who write items. */
export type Say = (field: string, sentence: string) => void;

/** Which fields a kind has beside what every item says. */
export type Entries = v.ObjectEntries;

type FileOf<E extends Entries> = v.StrictObjectSchema<typeof common & E, undefined>;

export type ItemOf<E extends Entries> = v.InferOutput<FileOf<E>>;

/** The schema of an item in a file; `also` are the fields that the place of the item adds. */
export const itemSchema = <E extends Entries, A extends Entries>(entries: E, also: A) =>
	v.strictObject({ ...common, ...entries, ...also });

/** What is done with an item of one kind. */
export interface ItemRules<Item> {
	readonly control: Control;
	/** What the schema cannot say: keys that are not there, an order that is given away. */
	check(item: Item, say: Say): void;
	options(item: Item, language: Locale): Texts;
	left?(item: Item, language: Locale): Texts;
	scenario?(item: Item, language: Locale): string;
	isRight(item: Item, answer: Answer): boolean;
	partly?(item: Item, answer: Answer): Share;
	/** The right answer; of several that are right the first. */
	rightAnswer(item: Item, language: Locale): Answer;
	/** What an answer says, a line each. */
	lines(item: Item, answer: Answer, language: Locale): string[];
	reasons?(item: Item, answer: Answer | undefined, language: Locale): Reasoned[];
}

export interface ItemKind<E extends Entries> extends ItemRules<ItemOf<E>> {
	readonly entries: E;
}

/** Keeps the fields of a kind and its functions of one mind. */
export const itemKind = <E extends Entries>(kind: ItemKind<E>): ItemKind<E> => kind;
