import { clean } from '#lib/platform/text.ts';
import { answered, refused, silence, type Kind } from '../question.ts';

/** Characters as people count them: an emoji is one. */
export const LONGEST_TEXT = 500;

/** TXT: free text, up to 500 characters. */
export const text: Kind = {
	control: 'text',
	measure: 'text',
	maySkip: false,
	options: () => [],
	parse(typed, question) {
		if (typed.length > 1) return refused('several');
		const said = clean(typed[0] ?? '').trim();
		if (said === '') return silence(question);
		return [...said].length <= LONGEST_TEXT ? answered(said) : refused('too_long');
	}
};
