import { answered, refused, silence, type Kind, type Question } from '../question.ts';

const options = (question: Question) => question.options ?? [];

/** MC: several choices from the question's own list, kept in the order of the list. */
export const severalChoices: Kind = {
	control: 'boxes',
	measure: 'choices',
	maySkip: false,
	options,
	parse(typed, question) {
		const ticked = new Set(typed.filter((value) => value !== ''));
		if (ticked.size === 0) return silence(question);
		const chosen = options(question).filter((option) => ticked.has(String(option.value)));
		if (chosen.length < ticked.size) return refused('unknown_choice');
		return answered(chosen.map((option) => option.value));
	}
};
