/** How questions are written: nobody who has not read the lesson should find the right option by its looks. */
import { describe, expect, test } from 'vitest';
import type { Item } from '#lib/questions/items/kinds.ts';
import { readCourse } from './content.ts';

const course = readCourse('content');
const languages = ['id', 'en'] as const;

type OneOfSeveral = Extract<Item, { kind: 'single' | 'scenario' }>;
const oneOfSeveral = (items: readonly Item[] = []) =>
	items.filter((item): item is OneOfSeveral => item.kind === 'single' || item.kind === 'scenario');

/** How long the right option is, the longest other being 1. */
function lengthOfRight({ options, answer }: OneOfSeveral, language: (typeof languages)[number]) {
	const { [answer]: right = '', ...others } = options[language];
	return right.length / Math.max(...Object.values(others).map((text) => text.length));
}

describe('a question with one right option', () => {
	const lists: [string, OneOfSeveral[]][] = [
		...course.modules.map(({ slug, quiz, lessons }): [string, OneOfSeveral[]] => [
			slug,
			oneOfSeveral([...(quiz?.items ?? []), ...lessons.flatMap(({ questions }) => questions)])
		]),
		['form A', oneOfSeveral(course.test?.A)],
		['form B', oneOfSeveral(course.test?.B)]
	];

	test.each(lists)('is rarely answered by the longest one: %s', (_, items) => {
		expect(items.length).toBeGreaterThan(10);
		for (const language of languages) {
			const longest = items.filter((item) => lengthOfRight(item, language) > 1);
			expect(longest.length / items.length).toBeLessThan(0.5);
		}
	});

	test.each(lists)('does not stand out by its length: %s', (_, items) => {
		const standingOut = items.filter((item) =>
			languages.some((language) => lengthOfRight(item, language) > 1.5)
		);
		expect(standingOut.map(({ id }) => id)).toEqual([]);
	});

	test.each(lists)('has it in every place about as often: %s', (_, items) => {
		for (const place of ['a', 'b', 'c', 'd']) {
			const there = items.filter(({ answer }) => answer === place);
			expect(there.length / items.length).toBeGreaterThan(0.1);
			expect(there.length / items.length).toBeLessThan(0.45);
		}
	});
});
