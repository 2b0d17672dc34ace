/** Every kind of question. A new one is a file in `kinds/` and a line here. */
import { agreement } from './kinds/agreement.ts';
import { amount } from './kinds/amount.ts';
import { oneChoice } from './kinds/one-choice.ts';
import { rating } from './kinds/rating.ts';
import { recommendation } from './kinds/recommendation.ts';
import { severalChoices } from './kinds/several-choices.ts';
import { text } from './kinds/text.ts';
import { yesNo } from './kinds/yes-no.ts';
import type { Kind, Option, Parsed, Question } from './question.ts';

/** The names are those of the programme's question bank. */
export const kinds = {
	N4: rating,
	T4: agreement,
	YA: yesNo,
	INT: amount,
	PG: oneChoice,
	MC: severalChoices,
	TXT: text,
	R10: recommendation
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

export function kindOf(question: Question): Kind {
	return kinds[question.kind];
}

export function optionsOf(question: Question): readonly Option[] {
	return kindOf(question).options(question);
}

/** What was sent for a question, as an answer or as the reason why it is none. */
export function parseAnswer(typed: readonly string[], question: Question): Parsed {
	return kindOf(question).parse(typed, question);
}
