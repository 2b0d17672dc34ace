/**
 * Questions as they are read from a file of another system: not yet items, for
 * they have no id. Every row is read by itself, so that whoever brings a file
 * hears of everything that is wrong with it at once.
 */
import * as v from 'valibot';
import { clean } from '#lib/platform/text.ts';
import { itemSchema, type Entries } from '../items/item.ts';
import { checkItem, itemKinds, type Item } from '../items/kinds.ts';

type WithoutName<I> = I extends unknown ? Omit<I, 'id' | 'version'> : never;

/** An item before it is given its id and version. */
export type DraftItem = WithoutName<Item>;

export const problemCodes = [
	'braces',
	'essay',
	'number',
	'description',
	'image',
	'no_question',
	'no_options',
	'one_option',
	'too_many_options',
	'twin_options',
	'no_answer',
	'many_answers',
	'unknown_answer',
	'bad_order',
	'bad_pairs',
	'partial_words',
	'no_words',
	'no_reasons',
	'no_scenario',
	'unknown_kind',
	'half_translated',
	'too_long',
	'unreadable'
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export interface Problem {
	readonly code: ProblemCode;
	/** What the sentence names: an option, a number. */
	readonly details: Readonly<Record<string, string | number>>;
}

/** What is fine, but worth knowing before it is taken over. */
export const noteCodes = ['no_explanation', 'partial_credit', 'markup', 'one_language'] as const;
export type NoteCode = (typeof noteCodes)[number];

export interface ReadRow {
	/** Of the file, from 1. */
	readonly line: number;
	/** Its own name in the file, or its first words. */
	readonly title: string;
	/** Where the file says it belongs: a category, the name of a lesson; null when it says nothing. */
	readonly place: string | null;
	/** Null when there are problems. */
	readonly draft: DraftItem | null;
	readonly problems: readonly Problem[];
	readonly notes: readonly NoteCode[];
}

/** Collects what is wrong with one row. */
export class Problems {
	readonly found: Problem[] = [];

	/** Says it and gives null, so that a reader can end there. */
	say(code: ProblemCode, details: Problem['details'] = {}): null {
		this.found.push({ code, details });
		return null;
	}
}

/** Longest texts in characters: what a phone of 320 px shows without losing its reader. */
export const LONGEST = {
	question: 600,
	scenario: 600,
	explanation: 1_000,
	option: 200,
	/** It stands in a list to choose from. */
	pairOption: 60,
	words: 100
} as const;

/** How many options each kind may have. */
export const MOST_OPTIONS = { single: 4, multiple: 6, order: 6, match: 6 } as const;

/** Of what a question lists, whatever its kind: more is a broken file. */
export const MOST_LISTED = 24;

/** Keys of options in their order. */
export const OPTION_KEYS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** The same words in both languages: what a file in one language gives. */
export const twice = <T>(said: T) => ({ id: said, en: said });

/** `{ a: …, b: … }` */
export const keyed = (texts: readonly string[]): Record<string, string> =>
	Object.fromEntries(texts.map((text, at) => [OPTION_KEYS[at], text]));

/** As people read it: composed letters, no lines of blanks, none at the ends. */
export const tidy = (text: string): string =>
	clean(text)
		.split('\n')
		.map((line) => line.replace(/\s+/gu, ' ').trim())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();

/** Better than nothing, and true of every item: it belongs to a lesson. */
export const NO_EXPLANATION = {
	id: 'Penjelasannya ada di pelajaran yang ditanyakan soal ini. Silakan baca kembali.',
	en: 'The explanation is in the lesson that this question asks about. Please read it again.'
};

/** The last word: what the item itself says of a draft. Null, and a problem is said, when it is none. */
export function checkedDraft(draft: DraftItem, problems: Problems): DraftItem | null {
	const item = namedItem(draft, { id: 'X1', version: 1 });
	if (!item) return problems.say('unreadable');
	const { id: _id, version: _version, ...checked } = item;
	return checked;
}

/**
 * The item that a draft becomes. Null when it is none of our kinds or breaks a
 * rule of its kind: then it was not read by this program, or by an older one.
 */
export function namedItem(
	draft: unknown,
	name: Readonly<Pick<Item, 'id' | 'version'>>
): Item | null {
	if (typeof draft !== 'object' || draft === null) return null;
	const parsed = v.safeParse(anyItem, { ...draft, ...name });
	if (!parsed.success) return null;
	let sound = true;
	checkItem(parsed.output, () => (sound = false));
	return sound ? parsed.output : null;
}

const anyItem = v.variant(
	'kind',
	Object.values(itemKinds).map((kind) => itemSchema(kind.entries as Entries, {})) as never[]
) as v.GenericSchema<unknown, Item>;
