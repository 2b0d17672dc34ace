import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { daysMoved, followingDays, isOutside, isPostponed } from './moving.ts';

const day = (text: string) => text as CalendarDay;

/** Monday to Friday; the month for the plans and the feedback as the portal sets them. */
const held = {
	startsOn: day('2026-05-18'),
	endsOn: day('2026-05-22'),
	planDueOn: day('2026-06-22'),
	feedbackOpensOn: day('2026-05-22')
};
const weekLater = { ...held, startsOn: day('2026-05-25'), endsOn: day('2026-05-29') };
const dayLonger = { ...held, startsOn: day('2026-05-17') };

test('a training is postponed when it begins later and is as long as before', () => {
	expect([daysMoved(held, weekLater), isPostponed(held, weekLater)]).toEqual([7, true]);
	expect([daysMoved(held, dayLonger), isPostponed(held, dayLonger)]).toEqual([-1, false]);
	expect(isPostponed(held, { ...held, endsOn: day('2026-05-23') })).toBe(false);
});

test('a session lies outside before the first day and after the last', () => {
	const outside = ['2026-05-17', '2026-05-18', '2026-05-22', '2026-05-23'].map((text) =>
		isOutside(day(text), held)
	);
	expect(outside).toEqual([true, false, false, true]);
});

describe('the deadline of the plans and the opening of the feedback', () => {
	test('go on following the last day, whatever becomes of the agenda', () => {
		for (const choice of ['moves', 'stays', null] as const) {
			const days = followingDays(held, weekLater, choice);
			expect(days).toEqual({ planDueOn: null, feedbackOpensOn: null });
		}
	});

	const own = { ...held, planDueOn: day('2026-07-01'), feedbackOpensOn: day('2026-05-21') };

	test('move along where the office had chosen them and left them alone', () => {
		const typed = { ...own, startsOn: weekLater.startsOn, endsOn: weekLater.endsOn };
		const along = { planDueOn: '2026-07-08', feedbackOpensOn: '2026-05-28' };
		for (const choice of ['moves', 'stays', null] as const) {
			expect(followingDays(own, typed, choice)).toEqual(along);
		}
	});

	test('stay when the training only becomes longer', () => {
		const stays = { planDueOn: '2026-07-01', feedbackOpensOn: '2026-05-21' };
		expect(followingDays(own, { ...own, startsOn: day('2026-05-17') }, 'stays')).toEqual(stays);
		expect(followingDays(own, { ...own, endsOn: day('2026-05-23') }, null)).toEqual(stays);
	});

	test('are as the office types them now', () => {
		const typed = { ...weekLater, planDueOn: day('2026-08-01'), feedbackOpensOn: null };
		const days = { planDueOn: '2026-08-01', feedbackOpensOn: null };
		expect(followingDays(held, typed, 'moves')).toEqual(days);
	});
});
