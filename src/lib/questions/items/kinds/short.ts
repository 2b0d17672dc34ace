import * as v from 'valibot';
import { stems } from '#lib/platform/search-terms.ts';
import { accepted, itemKind } from '../item.ts';

const compared = (words: string): string => stems(words).join(' ');

/**
 * A word or a few to be written. Capitals, punctuation and endings do not matter,
 * nor does the language: whoever reads in English may answer in Indonesian.
 */
export const short = itemKind({
	entries: { kind: v.literal('short'), answer: accepted },
	control: 'words',
	check(item, say) {
		const all = [...item.answer.id, ...item.answer.en];
		if (all.some((words) => compared(words) === '')) say('answer', 'an answer has no word in it');
	},
	options: () => ({}),
	isRight: (item, answer) =>
		[...item.answer.id, ...item.answer.en].some((words) => compared(words) === compared(answer)),
	rightAnswer: (item, language) => item.answer[language][0] ?? '',
	lines: (_item, answer) => [answer]
});
