import * as v from 'valibot';
import type { Answer } from '../item.ts';
import { itemKind, sixNumbered, sixOptions, text } from '../item.ts';
import { checkTwins } from '../checks.ts';

/** Longest option in characters: on a phone of 320 px it stands in a list to choose from. */
const LONGEST_OPTION = 60;

const pairsOf = (answer: Readonly<Record<string, string>>): [string, string][] =>
	Object.entries(answer).sort(([one], [other]) => (one < other ? -1 : 1));

const written = (answer: Readonly<Record<string, string>>): Answer =>
	pairsOf(answer)
		.map(([left, key]) => `${left}:${key}`)
		.join(' ');

/** To each line on the left belongs an option; one option may belong to several lines, or to none. */
export const match = itemKind({
	entries: {
		kind: v.literal('match'),
		left: sixNumbered,
		options: sixOptions,
		answer: v.record(text, text)
	},
	control: 'pairs',
	check(item, say) {
		checkTwins('left', item.left, say);
		checkTwins('options', item.options, say);
		if (Object.keys(item.left.id).join() !== Object.keys(item.answer).sort().join()) {
			say('answer', 'every line on the left has one answer');
		}
		for (const key of Object.values(item.answer)) {
			if (!Object.hasOwn(item.options.id, key)) say('answer', `the key "${key}" is not an option`);
		}
		const options = [item.options.id, item.options.en].flatMap(Object.values) as string[];
		if (options.some((option) => option.length > LONGEST_OPTION)) {
			say('options', `an option of a match has at most ${LONGEST_OPTION} characters`);
		}
	},
	options: (item, language) => item.options[language],
	left: (item, language) => item.left[language],
	isRight: (item, answer) => answer === written(item.answer),
	partly: (item, answer) => {
		const said = new Set(answer.split(' '));
		const pairs = written(item.answer).split(' ');
		return { right: pairs.filter((pair) => said.has(pair)).length, total: pairs.length };
	},
	rightAnswer: (item) => written(item.answer),
	lines: (item, answer, language) =>
		answer.split(' ').flatMap((pair) => {
			const [left = '', key = ''] = pair.split(':');
			const [of, option] = [item.left[language][left], item.options[language][key]];
			return of && option ? [`${of}: ${option}`] : [];
		})
});
