import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { nextStep, type Known } from './next-step.ts';

const day = (text: string) => text as CalendarDay;

const known: Known = {
	trainingId: 't1',
	phase: 'during',
	startsOn: day('2026-05-18'),
	endsOn: day('2026-05-22'),
	planDueOn: day('2026-06-22'),
	today: day('2026-05-20'),
	reading: { moduleSlug: 'konsep', lessonSlug: 'mengapa', title: 'Mengapa', before: null },
	openPlan: { id: 'p1', returned: null },
	feedbackOpen: true,
	openTest: null,
	openSession: null,
	certificateWaits: false
};

const kindOf = (changed: Partial<Known>) => nextStep({ ...known, ...changed }).kind;

describe('a participant is told one thing', () => {
	test('before the training: read, then wait for the first day', () => {
		expect(kindOf({ phase: 'before' })).toBe('read');
		expect(kindOf({ phase: 'before', reading: null })).toBe('wait');
	});

	test('during it: plan, then feedback, then what is left to read', () => {
		expect(kindOf({})).toBe('plan');
		expect(kindOf({ openPlan: null })).toBe('feedback');
		expect(kindOf({ openPlan: null, feedbackOpen: false })).toBe('read');
	});

	test('at any time: the test that the room waits for', () => {
		for (const phase of ['before', 'during', 'after'] as const) {
			expect(nextStep({ ...known, phase, openTest: 'pre' })).toEqual({
				kind: 'test',
				trainingId: 't1',
				phase: 'pre'
			});
		}
	});

	test('at any time, and before a test: the code of the session they sit in', () => {
		for (const phase of ['before', 'during', 'after'] as const) {
			expect(nextStep({ ...known, phase, openTest: 'pre', openSession: 'Advokasi' })).toEqual({
				kind: 'attend',
				title: 'Advokasi'
			});
		}
	});

	test('with a certificate that waits: after what the others wait for', () => {
		const waits = { certificateWaits: true, openPlan: null };
		expect(kindOf({ ...waits })).toBe('feedback');
		expect(kindOf({ ...waits, feedbackOpen: false })).toBe('certificate');
		expect(kindOf({ ...waits, feedbackOpen: false, phase: 'after' })).toBe('certificate');
	});

	test('after it: plan, feedback, carry out; and rest when the month is over', () => {
		const after = { phase: 'after', openPlan: null, feedbackOpen: false } as const;
		expect(kindOf({ ...after, openPlan: known.openPlan })).toBe('plan');
		expect(kindOf({ ...after, feedbackOpen: true })).toBe('feedback');
		expect(kindOf({ ...after, today: day('2026-06-22') })).toBe('carry out');
		expect(kindOf({ ...after, today: day('2026-06-23') })).toBe('read');
		expect(kindOf({ ...after, today: day('2026-06-23'), reading: null })).toBe('rest');
	});

	test('a plan that came back is named', () => {
		for (const phase of ['during', 'after'] as const) {
			const openPlan = { id: 'p3', returned: 'advokasi' } as const;
			const step = nextStep({ ...known, phase, openPlan });
			expect(step).toMatchObject({ kind: 'plan', planId: 'p3', returned: 'advokasi' });
		}
	});

	test('and until when: the eve of the session, its last day, the day the plans are due', () => {
		const untilOf = (changed: Partial<Known>) => {
			const step = nextStep({ ...known, ...changed });
			return 'until' in step ? step.until : null;
		};
		expect(untilOf({ phase: 'before', today: day('2026-05-10') })).toBe('2026-05-17');
		expect(untilOf({})).toBe('2026-05-22');
		expect(untilOf({ phase: 'after', today: day('2026-05-25') })).toBe('2026-06-22');
		expect(untilOf({ phase: 'after', today: day('2026-06-25') })).toBeNull();
	});
});
