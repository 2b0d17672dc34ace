/**
 * Questions (pertanyaan) and the kinds (jenis) they come in: how what was sent
 * is read, which choices are offered, how answers may be summed up.
 *
 * Pure: no database, no HTTP, no components. A new kind is one file in `kinds/`
 * and one line in `kinds.ts`.
 */
import type { Locale } from '#lib/platform/calendar.ts';
import type { KindName } from './kinds.ts';

/** The words of a measure belong to the measure: they are data with a version, not interface texts. */
export type Wording = Readonly<Record<Locale, string>>;

export interface Option {
	readonly value: number;
	readonly label: Wording;
}

export interface Question {
	/** Never given to another question: "D101". */
	readonly id: string;
	readonly kind: KindName;
	readonly text: Wording;
	readonly required: boolean;
	/** For the kinds that choose from a list of their own. */
	readonly options?: readonly Option[];
}

/** Null: nothing was said, or "Tidak menilai". Choices are kept as the number of the option. */
export type Answer = number | readonly number[] | string | null;

/** Why an answer was refused; each has a text in messages/questions. */
export const complaints = [
	'required',
	'unknown_choice',
	'several',
	'not_whole',
	'out_of_range',
	'too_long'
] as const;
export type Complaint = (typeof complaints)[number];

export type Parsed =
	| { readonly ok: true; readonly answer: Answer }
	| { readonly ok: false; readonly complaint: Complaint };

/** What a page shows for a kind. */
export type Control = 'radios' | 'boxes' | 'number' | 'text';

/**
 * How answers may be summed up: `scale` has four steps and a mean, `recommend`
 * runs from 0 to 10, `choice` has shares only, `choices` too but counts ticks, not
 * people; `amount` is a number, `text` is never counted.
 */
export type Measure = 'scale' | 'recommend' | 'choice' | 'choices' | 'amount' | 'text';

export interface Kind {
	readonly control: Control;
	readonly measure: Measure;
	/** Whether "Tidak menilai" is offered: an answer that stays out of every mean. */
	readonly maySkip: boolean;
	options(question: Question): readonly Option[];
	/** `typed`: every value the form sent for this question; none when nothing was ticked. */
	parse(typed: readonly string[], question: Question): Parsed;
}

export const answered = (answer: Answer): Parsed => ({ ok: true, answer });
export const refused = (complaint: Complaint): Parsed => ({ ok: false, complaint });

/** Nothing was said: fine unless the question must be answered. */
export const silence = (question: Question): Parsed =>
	question.required ? refused('required') : answered(null);
