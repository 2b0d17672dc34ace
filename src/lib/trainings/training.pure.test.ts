import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import {
	CODE_ALPHABET,
	defaultPlanDue,
	endOfDay,
	faultInDays,
	isClockTime,
	nearestFirst,
	newJoinCode,
	normaliseCode,
	phaseAt,
	showCode
} from './training.ts';

const day = (text: string) => text as CalendarDay;

describe('the month for the plans', () => {
	test('ends on the same day of the next month', () => {
		expect(defaultPlanDue(day('2026-05-22'))).toBe('2026-06-22');
	});

	test('ends on the last day of a shorter month', () => {
		expect(defaultPlanDue(day('2026-01-31'))).toBe('2026-02-28');
		expect(defaultPlanDue(day('2028-01-31'))).toBe('2028-02-29');
	});
});

describe('the phase of a training', () => {
	const newYear = new Date('2026-12-31T16:30Z');
	const days = { startsOn: day('2027-01-01'), endsOn: day('2027-01-03') };

	test('turns at midnight where it takes place, not in Greenwich', () => {
		expect(phaseAt({ ...days, zone: 'Asia/Jakarta' }, newYear)).toBe('before');
		expect(phaseAt({ ...days, zone: 'Asia/Makassar' }, newYear)).toBe('during');
		expect(phaseAt({ ...days, zone: 'Asia/Jayapura' }, newYear)).toBe('during');
	});

	test('is still "during" on the evening of the closing day', () => {
		const evening = new Date('2027-01-03T16:59Z');
		expect(phaseAt({ ...days, zone: 'Asia/Jakarta' }, evening)).toBe('during');
		expect(phaseAt({ ...days, zone: 'Asia/Makassar' }, evening)).toBe('after');
	});
});

test('what runs stands before what comes next, and that before what closed last', () => {
	const on = (startsOn: string, endsOn: string) =>
		({ startsOn: day(startsOn), endsOn: day(endsOn), zone: 'Asia/Jakarta' }) as const;
	const running = on('2026-05-20', '2026-05-22');
	const [soon, late] = [on('2026-06-01', '2026-06-04'), on('2026-09-01', '2026-09-04')];
	const [lately, longAgo] = [on('2026-05-10', '2026-05-14'), on('2026-01-10', '2026-01-14')];
	const shuffled = [late, longAgo, running, lately, soon];
	const sorted = nearestFirst(shuffled, () => day('2026-05-22'));
	expect(sorted).toEqual([running, soon, late, lately, longAgo]);
});

test('a code of the day ends at midnight on the clock of the training', () => {
	const instant = new Date('2026-12-31T16:30Z');
	expect(endOfDay('Asia/Jakarta', instant).toISOString()).toBe('2026-12-31T17:00:00.000Z');
	expect(endOfDay('Asia/Makassar', instant).toISOString()).toBe('2027-01-01T16:00:00.000Z');
	expect(endOfDay('Asia/Jayapura', instant).toISOString()).toBe('2027-01-01T15:00:00.000Z');
});

test('days must follow each other', () => {
	const days = {
		startsOn: day('2026-05-18'),
		endsOn: day('2026-05-22'),
		planDueOn: day('2026-06-22'),
		feedbackOpensOn: day('2026-05-22')
	};
	expect(faultInDays(days)).toBeNull();
	expect(faultInDays({ ...days, endsOn: day('2026-05-17') })).toBe('endsOn');
	expect(faultInDays({ ...days, planDueOn: day('2026-05-21') })).toBe('planDueOn');
	expect(faultInDays({ ...days, feedbackOpensOn: day('2026-05-01') })).toBe('feedbackOpensOn');
});

describe('a join code', () => {
	test('has eight of 31 signs that nobody confuses', () => {
		expect(CODE_ALPHABET).toHaveLength(31);
		for (let n = 0; n < 200; n++) {
			expect(newJoinCode()).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
		}
	});

	test('is understood however it is typed', () => {
		const typed = ['7kpq-m3xa', ' 7KPQ M3XA ', '7KPQM3XA', '7kpq–m3xa', '7KPQ.M3XA'];
		expect(typed.map(normaliseCode)).toEqual(typed.map(() => '7KPQM3XA'));
		expect(showCode('7KPQM3XA')).toBe('7KPQ-M3XA');
	});

	test("that cannot exist is nobody's", () => {
		expect(['', '7KPQ', '7KPQM3XAB', '0KPQM3XA', "7KPQM3X'"].map(normaliseCode)).toEqual(
			Array(5).fill(null)
		);
	});
});

test('a clock shows 00:00 to 23:59', () => {
	expect(['00:00', '23:59', '24:00', '8:30', '08.30'].map(isClockTime)).toEqual([
		true,
		true,
		false,
		false,
		false
	]);
});
