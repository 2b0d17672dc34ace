/** What the kinds with a single right option have in common. */
import type { Locale } from '#lib/platform/calendar.ts';
import type { Answer, Say, Texts } from '../item.ts';
import { checkKeys, checkTwins } from '../checks.ts';

interface OneOf {
	readonly options: Readonly<Record<Locale, Texts>>;
	readonly answer: string;
}

export const oneOf = {
	control: 'radios' as const,
	check(item: OneOf, say: Say): void {
		checkTwins('options', item.options, say);
		checkKeys([item.answer], item.options, say);
	},
	options: (item: OneOf, language: Locale): Texts => item.options[language],
	isRight: (item: OneOf, answer: Answer): boolean => answer === item.answer,
	rightAnswer: (item: OneOf): Answer => item.answer,
	lines: (item: OneOf, answer: Answer, language: Locale): string[] =>
		[item.options[language][answer] ?? []].flat()
};
