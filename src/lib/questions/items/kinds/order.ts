import * as v from 'valibot';
import { itemKind, keys, sixOptions } from '../item.ts';
import { checkKeys, checkTwins } from '../checks.ts';

/** Lines to be put in order. They are shown as they are written, so they are written scrambled. */
export const order = itemKind({
	entries: { kind: v.literal('order'), options: sixOptions, answer: keys },
	control: 'places',
	check(item, say) {
		checkTwins('options', item.options, say);
		checkKeys(item.answer, item.options, say);
		const written = Object.keys(item.options.id);
		if (item.answer.length !== written.length) say('answer', 'the order names every option once');
		if (item.answer.join() === written.join())
			say('options', 'the order is given away: scramble it');
	},
	options: (item, language) => item.options[language],
	isRight: (item, answer) => answer === item.answer.join(' '),
	partly: (item, answer) => {
		const places = answer.split(' ');
		return {
			right: item.answer.filter((key, place) => places[place] === key).length,
			total: item.answer.length
		};
	},
	rightAnswer: (item) => item.answer.join(' '),
	lines: (item, answer, language) =>
		answer.split(' ').flatMap((key) => item.options[language][key] ?? [])
});
