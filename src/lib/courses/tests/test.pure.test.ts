import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import type { CourseItem } from '../course.ts';
import {
	fairForm,
	ITEMS_ON_A_PAGE,
	pagesOf,
	shuffledFor,
	standing,
	windowState,
	type Operation
} from './test.ts';

const twice = (text: string) => ({ id: text, en: text });
const items = Array.from({ length: 20 }, (_, at): CourseItem => ({
	id: `X${at}`,
	version: 1,
	kind: 'truefalse',
	objective: 'modul/pelajaran',
	question: twice('?'),
	options: { id: { a: 'B', b: 'S' }, en: { a: 'T', b: 'F' } },
	answer: 'a',
	explanation: twice('!')
}));

describe('crossing the forms', () => {
	test('gives the form that fewer people have begun with, A when they are even', () => {
		expect(fairForm({ A: 0, B: 0 })).toBe('A');
		expect(fairForm({ A: 1, B: 0 })).toBe('B');
		expect(fairForm({ A: 1, B: 1 })).toBe('A');
		expect(fairForm({ A: 2, B: 3 })).toBe('A');
	});
});

describe('the order of the questions', () => {
	test('is always the same for one test, and another for the next', () => {
		expect(shuffledFor('one', items)).toEqual(shuffledFor('one', items));
		expect(shuffledFor('one', items)).not.toEqual(shuffledFor('two', items));
	});

	test('loses none and adds none', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 0, max: 20 }), (testId, size) => {
				const some = items.slice(0, size);
				const ids = (list: CourseItem[]) => list.map(({ id }) => id).sort();
				expect(ids(shuffledFor(testId, some))).toEqual(ids([...some]));
				expect(pagesOf(some).flat()).toEqual(some);
				expect(pagesOf(some).every((page) => page.length <= ITEMS_ON_A_PAGE)).toBe(true);
			})
		);
	});
});

describe('a test', () => {
	const training = { zone: 'Asia/Jayapura', endsOn: '2026-05-22' as CalendarDay } as const;
	const openedAt = new Date('2026-05-18T00:00:00Z');
	const at = (time: string) => new Date(time);

	test('is open from the moment it is opened until it is closed', () => {
		const now = at('2026-05-19T03:00:00Z');
		expect(windowState(null, training, now)).toBe('not opened');
		const open = { openedAt, closedAt: null, firstClosedAt: null };
		expect(windowState(open, training, now)).toBe('open');
		const closed = { openedAt, closedAt: now, firstClosedAt: now };
		expect(windowState(closed, training, now)).toBe('closed');
	});

	test('that nobody closes ends a week after the training, where it took place', () => {
		const window = { openedAt, closedAt: null, firstClosedAt: null };
		expect(windowState(window, training, at('2026-05-29T14:59:00Z'))).toBe('open');
		expect(windowState(window, training, at('2026-05-29T15:01:00Z'))).toBe('closed');
	});
});

describe('of the answers that arrived', () => {
	const sent = (n: number, fields: Partial<Operation>): Operation => ({
		n,
		itemId: 'X1',
		itemVersion: 1,
		answer: 'a',
		right: true,
		device: 'phone',
		sequence: n,
		...fields
	});
	const answerOf = (operations: Operation[]) => standing(operations).get('X1')?.answer;

	test('the last one counts, whichever device it came from', () => {
		expect(
			answerOf([
				sent(2, { answer: 'b', device: 'laptop', sequence: 1 }),
				sent(1, { answer: 'a', sequence: 9 })
			])
		).toBe('b');
	});

	test('one that a phone sends late does not undo a later one of the same phone', () => {
		expect(
			answerOf([sent(1, { answer: 'c', sequence: 5 }), sent(2, { answer: 'b', sequence: 4 })])
		).toBe('c');
		expect(
			answerOf([
				sent(1, { answer: 'c', sequence: 5 }),
				sent(2, { answer: 'd', device: 'laptop', sequence: 1 }),
				sent(3, { answer: 'b', sequence: 4 })
			])
		).toBe('d');
	});

	test('the order in which one phone sends its queue makes no difference', () => {
		const shuffled = fc
			.array(fc.record({ itemId: fc.constantFrom('X1', 'X2'), answer: fc.constantFrom('a', 'b') }))
			.chain((changes) => {
				const queue = changes.map((change, sequence) => ({ ...change, sequence }));
				return fc.tuple(
					fc.constant(queue),
					fc.shuffledSubarray(queue, { minLength: queue.length })
				);
			});
		fc.assert(
			fc.property(shuffled, ([queue, arriving]) => {
				const counted = standing(arriving.map((change, n) => sent(n, change)));
				for (const itemId of ['X1', 'X2']) {
					const last = queue.filter((change) => change.itemId === itemId).at(-1);
					expect(counted.get(itemId)?.answer).toBe(last?.answer);
				}
			})
		);
	});
});
