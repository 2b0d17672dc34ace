import { describe, expect, test } from 'vitest';
import { staffStep, type KnownToStaff } from './staff-step.ts';

const ready: KnownToStaff = {
	phase: 'before',
	isLastDay: false,
	may: { manage: true, run: true, test: true },
	facilitators: 1,
	sessions: 8,
	people: 12,
	opened: { pre: false, post: false }
};

const stepOf = (changed: Partial<KnownToStaff>) => staffStep({ ...ready, ...changed });

describe('those who run a training are told one thing', () => {
	test('a new one: a facilitator, the agenda, the code, in this order', () => {
		const empty = { facilitators: 0, sessions: 0, people: 0 };
		expect(stepOf(empty)).toBe('assign');
		expect(stepOf({ ...empty, facilitators: 1 })).toBe('agenda');
		expect(stepOf({ people: 0 })).toBe('door');
		expect(stepOf({})).toBeNull();
	});

	test('a facilitator: not what only the office can do', () => {
		const may = { manage: false, run: true, test: true };
		expect(stepOf({ may, facilitators: 0, sessions: 0 })).toBeNull();
		expect(stepOf({ may, sessions: 0, people: 0 })).toBe('door');
	});

	test('the class is there: the pre-test, and on the last day the post-test', () => {
		const during = { phase: 'during' } as const;
		expect(stepOf(during)).toBe('pre');
		const opened = { pre: true, post: false };
		expect(stepOf({ ...during, opened })).toBeNull();
		expect(stepOf({ ...during, opened, isLastDay: true })).toBe('post');
		expect(stepOf({ ...during, opened: { pre: true, post: true }, isLastDay: true })).toBeNull();
		expect(stepOf({ ...during, opened: { pre: false, post: true } })).toBeNull();
	});

	test('who only follows it, or when it is over: nothing', () => {
		const may = { manage: false, run: false, test: false };
		expect(stepOf({ may, phase: 'during' })).toBeNull();
		expect(stepOf({ may, people: 0 })).toBeNull();
		expect(stepOf({ phase: 'after', facilitators: 0 })).toBeNull();
	});
});
