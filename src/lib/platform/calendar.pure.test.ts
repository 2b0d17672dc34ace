import { describe, expect, test } from 'vitest';
import {
	addDays,
	addMonth,
	dayIn,
	daysBetween,
	daysFromTo,
	formatDay,
	formatDays,
	formatInstant,
	formatWeekday,
	parseDay,
	type CalendarDay
} from './calendar.ts';

const day = (text: string) => text as CalendarDay;

describe('days on the calendar', () => {
	test('New Year’s Eve in Jakarta is already New Year in Makassar and Jayapura', () => {
		const lateEvening = new Date('2026-12-31T16:30:00Z');
		expect(dayIn('Asia/Jakarta', lateEvening)).toBe('2026-12-31');
		expect(dayIn('Asia/Makassar', lateEvening)).toBe('2027-01-01');
		expect(dayIn('Asia/Jayapura', lateEvening)).toBe('2027-01-01');
	});

	test('one month after 31 January is the last day of February', () => {
		expect(addMonth(day('2026-01-31'))).toBe('2026-02-28');
		expect(addMonth(day('2028-01-31'))).toBe('2028-02-29');
		expect(addMonth(day('2026-05-22'))).toBe('2026-06-22');
		expect(addMonth(day('2026-12-31'))).toBe('2027-01-31');
	});

	test('days are counted across the end of a year', () => {
		expect(addDays(day('2026-12-30'), 3)).toBe('2027-01-02');
		expect(daysBetween(day('2026-12-30'), day('2027-01-02'))).toBe(3);
		expect(daysFromTo(day('2026-12-31'), day('2027-01-01'))).toEqual(['2026-12-31', '2027-01-01']);
		expect(daysFromTo(day('2027-01-02'), day('2027-01-01'))).toEqual([]);
	});

	test('what is no day is refused', () => {
		expect(parseDay('2026-02-30')).toBeNull();
		expect(parseDay('22/05/2026')).toBeNull();
		expect(parseDay('2026-05-22')).toBe('2026-05-22');
	});

	test('dates are said as people say them', () => {
		const instant = new Date('2026-11-22T09:05:00Z');
		expect(formatInstant(instant, 'Asia/Jakarta', 'id')).toBe('22 November 2026 pukul 16.05 WIB');
		expect(formatInstant(instant, 'Asia/Jayapura', 'en')).toBe('22 November 2026 at 18:05 WIT');
		expect(formatDay(day('2026-05-22'), 'id')).toBe('22 Mei 2026');
		expect(formatWeekday(day('2026-12-02'), 'id')).toBe('Rabu, 2 Desember 2026');
		expect(formatDays(day('2026-12-02'), day('2026-12-06'), 'id')).toBe('2–6 Desember 2026');
		expect(formatDays(day('2026-11-28'), day('2026-12-06'), 'id')).toBe(
			'28 November – 6 Desember 2026'
		);
		expect(formatDays(day('2026-12-02'), day('2026-12-02'), 'id')).toBe('2 Desember 2026');
	});
});
