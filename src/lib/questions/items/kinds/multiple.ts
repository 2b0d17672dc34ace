import * as v from 'valibot';
import { itemKind, keys, sixOptions } from '../item.ts';
import { checkKeys, checkTwins } from '../checks.ts';

/** Several options may be right; the answer is all of them and no other. */
export const multiple = itemKind({
	entries: { kind: v.literal('multiple'), options: sixOptions, answer: keys },
	control: 'boxes',
	check(item, say) {
		checkTwins('options', item.options, say);
		checkKeys(item.answer, item.options, say);
	},
	options: (item, language) => item.options[language],
	isRight: (item, answer) => answer === item.answer.toSorted().join(' '),
	rightAnswer: (item) => item.answer.toSorted().join(' '),
	lines: (item, answer, language) =>
		answer.split(' ').flatMap((key) => item.options[language][key] ?? [])
});
