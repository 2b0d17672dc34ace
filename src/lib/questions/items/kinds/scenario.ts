import * as v from 'valibot';
import { fourOptions, inBoth, itemKind, text } from '../item.ts';
import { checkTwins } from '../checks.ts';
import { oneOf } from './one-of.ts';

/** A few sentences from a day in a library, then what to do; each option has its reason. */
export const scenario = itemKind({
	...oneOf,
	entries: {
		kind: v.literal('scenario'),
		scenario: inBoth,
		options: fourOptions,
		answer: text,
		reasons: fourOptions
	},
	check(item, say) {
		oneOf.check(item, say);
		checkTwins('reasons', item.reasons, say);
		if (Object.keys(item.reasons.id).join() !== Object.keys(item.options.id).join()) {
			say('reasons', 'every option has one reason');
		}
	},
	scenario: (item, language) => item.scenario[language],
	reasons: (item, answer, language) =>
		Object.entries(item.options[language]).map(([key, option]) => ({
			text: option,
			reason: item.reasons[language][key] ?? '',
			good: key === item.answer,
			chosen: key === answer
		}))
});
