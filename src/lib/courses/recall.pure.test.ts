import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import type { CourseItem } from './course.ts';
import { itemsToRecall, recallOn, type Known } from './recall.ts';

const endsOn = '2026-05-22' as CalendarDay;
const after = (days: number) => recallOn(endsOn, addDays(endsOn, days));

describe('questions after the training', () => {
	test('come on the second, seventh and twenty-first day, and each stays until the next', () => {
		expect(after(1)).toEqual({ kind: 'not yet', from: '2026-05-24' });
		expect(after(2)).toEqual({ kind: 'open', day: 2, next: '2026-05-29' });
		expect(after(6)).toMatchObject({ day: 2 });
		expect(after(7)).toEqual({ kind: 'open', day: 7, next: '2026-06-12' });
		expect(after(21)).toEqual({ kind: 'open', day: 21, next: null });
		expect(after(51)).toMatchObject({ day: 21 });
		expect(after(52)).toEqual({ kind: 'over' });
	});
});

const twice = (text: string) => ({ id: text, en: text });
const item = (
	id: string,
	objective: string,
	kind: 'single' | 'scenario' = 'single'
): CourseItem => {
	const common = { id, version: 1, objective, question: twice('?'), explanation: twice('!') };
	const options = { id: { a: 'x', b: 'y' }, en: { a: 'x', b: 'y' } };
	if (kind === 'single') return { ...common, kind, options, answer: 'a' };
	return { ...common, kind, options, answer: 'a', scenario: twice('…'), reasons: options };
};
const items = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7'].flatMap((lesson) => [
	item(`${lesson}A`, lesson),
	item(`${lesson}B`, lesson, 'scenario')
]);
const nothing: Known = { before: new Map(), after: new Map(), practised: [] };
const idsFor = (known: Partial<Known>) =>
	itemsToRecall(items, { ...nothing, ...known }).map(({ id }) => id);
const recalled = (itemId: string, right: boolean, round = 'day 2') => ({ itemId, right, round });

describe('what somebody is asked', () => {
	test('are scenarios on three lessons when nothing is known', () => {
		expect(idsFor({})).toEqual(['l1B', 'l2B', 'l3B']);
	});

	test('is what was wrong at the end, before what was only wrong at the beginning', () => {
		const before = new Map([
			['l6', false],
			['l2', false]
		]);
		const after = new Map([
			['l2', true],
			['l5', false],
			['l7', false]
		]);
		expect(idsFor({ before, after })).toEqual(['l5B', 'l7B', 'l6B']);
	});

	test('is never more than five', () => {
		const after = new Map(['l1', 'l2', 'l3', 'l4', 'l5', 'l6'].map((lesson) => [lesson, false]));
		expect(idsFor({ after })).toHaveLength(5);
	});

	test('is first what was forgotten in the round before, in the same words', () => {
		expect(idsFor({ practised: [recalled('l7A', false)] })[0]).toBe('l7A');
	});

	test('comes back until it was right twice, and then no more', () => {
		expect(idsFor({ after: new Map([['l4', false]]), practised: [recalled('l4B', true)] })[0]).toBe(
			'l4B'
		);
		const sameRound = [recalled('l4B', true), recalled('l4B', true)];
		expect(idsFor({ after: new Map([['l4', false]]), practised: sameRound })).toContain('l4B');
		const twiceRight = [recalled('l4B', true), recalled('l4B', true, 'day 7')];
		const after = new Map([['l4', false]]);
		expect(idsFor({ after, practised: twiceRight })).not.toContain('l4B');
	});

	test('does not count as recalled what was answered right after reading', () => {
		const atLesson = { itemId: 'l1B', right: true, round: null };
		expect(idsFor({ practised: [atLesson, atLesson] })).toContain('l1B');
	});

	test('is nothing when everything was right twice', () => {
		const practised = items.flatMap(({ id }) => [recalled(id, true), recalled(id, true, 'day 7')]);
		expect(idsFor({ practised })).toEqual([]);
	});

	test('is always the same for the same knowledge, each lesson once', () => {
		const answers = fc.array(
			fc.record({
				itemId: fc.constantFrom(...items.map(({ id }) => id)),
				right: fc.boolean(),
				round: fc.constantFrom(null, 'day 2', 'day 7')
			})
		);
		const lessons = fc.uniqueArray(
			fc.tuple(fc.constantFrom('l1', 'l2', 'l3', 'l4'), fc.boolean()),
			{
				selector: ([lesson]) => lesson
			}
		);
		fc.assert(
			fc.property(answers, lessons, lessons, (practised, before, after) => {
				const known = { practised, before: new Map(before), after: new Map(after) };
				const chosen = itemsToRecall(items, known);
				expect(itemsToRecall(items, known)).toEqual(chosen);
				expect(chosen.length).toBeLessThanOrEqual(5);
				const objectives = chosen.map(({ objective }) => objective);
				expect(new Set(objectives).size).toBe(objectives.length);
			})
		);
	});
});
