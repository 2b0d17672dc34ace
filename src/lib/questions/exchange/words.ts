/** What is wrong with a row, what is worth knowing about it, and what its kind is called: in the language of the page. */
import { m } from '#lib/paraglide/messages.js';
import type { ItemKindName } from '../items/kinds.ts';
import type { NoteCode, Problem, ProblemCode } from './draft.ts';

type Details = Problem['details'];
const named = (details: Details, name: string) => String(details[name] ?? '');

const problems = {
	braces: () => m.questions_problem_braces(),
	essay: () => m.questions_problem_essay(),
	number: () => m.questions_problem_number(),
	description: () => m.questions_problem_description(),
	image: () => m.questions_problem_image(),
	no_question: () => m.questions_problem_no_question(),
	no_options: () => m.questions_problem_no_options(),
	one_option: () => m.questions_problem_one_option(),
	too_many_options: (details) =>
		m.questions_problem_too_many_options({ most: named(details, 'most') }),
	twin_options: (details) => m.questions_problem_twin_options({ option: named(details, 'option') }),
	no_answer: () => m.questions_problem_no_answer(),
	many_answers: () => m.questions_problem_many_answers(),
	unknown_answer: (details) =>
		m.questions_problem_unknown_answer({ answer: named(details, 'answer') }),
	bad_order: () => m.questions_problem_bad_order(),
	bad_pairs: () => m.questions_problem_bad_pairs(),
	partial_words: () => m.questions_problem_partial_words(),
	no_words: () => m.questions_problem_no_words(),
	no_reasons: () => m.questions_problem_no_reasons(),
	no_scenario: () => m.questions_problem_no_scenario(),
	unknown_kind: (details) => m.questions_problem_unknown_kind({ kind: named(details, 'kind') }),
	half_translated: (details) =>
		m.questions_problem_half_translated({ column: named(details, 'column') }),
	too_long: (details) =>
		m.questions_problem_too_long({ text: named(details, 'text'), most: named(details, 'most') }),
	unreadable: () => m.questions_problem_unreadable()
} satisfies Record<ProblemCode, (details: Details) => string>;

export const problemWords = ({ code, details }: Problem): string => problems[code](details);

export const noteWords = {
	no_explanation: () => m.questions_import_note_no_explanation(),
	partial_credit: () => m.questions_import_note_partial_credit(),
	markup: () => m.questions_import_note_markup(),
	one_language: () => m.questions_import_note_one_language()
} satisfies Record<NoteCode, () => string>;

export const kindWords = {
	single: () => m.questions_kind_single(),
	multiple: () => m.questions_kind_multiple(),
	truefalse: () => m.questions_kind_truefalse(),
	order: () => m.questions_kind_order(),
	match: () => m.questions_kind_match(),
	short: () => m.questions_kind_short(),
	scenario: () => m.questions_kind_scenario()
} satisfies Record<ItemKindName, () => string>;
