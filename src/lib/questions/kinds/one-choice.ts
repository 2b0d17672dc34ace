import type { Kind, Question } from '../question.ts';
import { parseSingle } from './single.ts';

const options = (question: Question) => question.options ?? [];

/** PG: one choice from the question's own list. */
export const oneChoice: Kind = {
	control: 'radios',
	measure: 'choice',
	maySkip: false,
	options,
	parse: (typed, question) =>
		parseSingle(typed, question, { options: options(question), maySkip: false })
};
