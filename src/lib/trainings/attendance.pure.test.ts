import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import {
	endOf,
	hoursIn,
	jpOf,
	lastArrival,
	normaliseAttendanceCode,
	showAttendanceCode,
	stepAt,
	stepStart
} from './attendance.ts';
import { codeAt, newSecret, proofOf } from './server/attendance-codes.ts';

const at = (clock: string) => new Date(`2026-05-20T${clock}+07:00`);

describe('a training hour', () => {
	const slot = (startsAt: string, endsAt: string, jp: number | null = null) => ({
		startsAt,
		endsAt,
		jp
	});

	test('is 45 minutes, rounded to the nearest whole one', () => {
		expect(jpOf(slot('08:00', '08:45'))).toBe(1);
		expect(jpOf(slot('08:00', '09:30'))).toBe(2);
		expect(jpOf(slot('08:00', '10:00'))).toBe(3); // 2.67
		expect(jpOf(slot('10:15', '12:00'))).toBe(2); // 2.33
		expect(jpOf(slot('15:45', '16:15'))).toBe(1); // 0.67
		expect(jpOf(slot('08:00', '08:20'))).toBe(0); // 0.44
	});

	test('is what the office has set, also none at all', () => {
		expect(jpOf(slot('08:00', '10:00', 4))).toBe(4);
		expect(jpOf(slot('13:00', '14:30', 0))).toBe(0);
	});

	test('is counted for the sessions somebody was in', () => {
		const slots = [
			{ id: 'a', ...slot('08:00', '10:00') },
			{ id: 'b', ...slot('10:15', '12:00') },
			{ id: 'c', ...slot('13:00', '14:30', 0) }
		];
		expect(hoursIn(slots, new Set(['a', 'c', 'of another training']))).toEqual({
			attended: 3,
			total: 5
		});
	});
});

describe('the code on the screen', () => {
	const window = { secret: 'geheim', openedAt: at('08:00:20'), closedAt: null };
	const codeOn = (clock: string) => codeAt(window.secret, stepAt(at(clock)));

	test('has six letters nobody mistakes, and says nothing of the next one', () => {
		const codes = Array.from({ length: 500 }, (_, step) => codeAt('geheim', step));
		for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{6}$/);
		expect(new Set(codes).size).toBe(500);
		expect(newSecret()).not.toBe(newSecret());
	});

	test('may be typed with a dash, blanks and small letters', () => {
		expect(showAttendanceCode('7KPQM3')).toBe('7KP-QM3');
		expect(normaliseAttendanceCode(' 7kp-qm3 ')).toBe('7KPQM3');
		expect(normaliseAttendanceCode('7KP-QM')).toBeNull();
		expect(normaliseAttendanceCode('7KP-QMO')).toBeNull();
	});

	test('is good while it stands there and one minute more', () => {
		const code = codeOn('08:05:10');
		const freshAt = (clock: string) => proofOf([window], code, at(clock))?.fresh;
		expect(freshAt('08:05:00')).toBe(true);
		expect(freshAt('08:05:59')).toBe(true);
		expect(freshAt('08:06:59')).toBe(true);
		expect(freshAt('08:07:00')).toBe(false);
		expect(proofOf([window], code, at('08:04:59'))).toBeNull();
	});

	test('proves its minute long afterwards, but only one in which the window was open', () => {
		const closed = { ...window, closedAt: at('08:30:30') };
		const evening = at('21:00:00');
		expect(proofOf([closed], codeOn('08:29:00'), evening)).toMatchObject({
			step: stepAt(at('08:29:00')),
			fresh: false
		});
		expect(proofOf([closed], codeOn('08:30:10'), evening)).not.toBeNull();
		expect(proofOf([closed], codeOn('08:31:00'), evening)).toBeNull();
		expect(proofOf([closed], codeOn('07:59:00'), evening)).toBeNull();
		expect(stepStart(stepAt(at('08:29:42')))).toEqual(at('08:29:00'));
	});

	test('of the minute before the window was opened was never on the screen', () => {
		expect(proofOf([window], codeOn('07:59:30'), at('08:00:40'))).toBeNull();
	});

	test('is good no more once the window was closed', () => {
		const closed = { ...window, closedAt: at('08:05:20') };
		expect(proofOf([closed], codeOn('08:05:10'), at('08:05:30'))?.fresh).toBe(false);
	});

	test('ends by itself after four hours', () => {
		expect(endOf(window)).toEqual(at('12:00:20'));
		expect(proofOf([window], codeOn('12:10:00'), at('12:10:30'))).toBeNull();
	});

	test('of one secret is no code of another', () => {
		const other = { ...window, secret: 'lain' };
		expect(proofOf([other], codeOn('08:05:00'), at('08:05:00'))).toBeNull();
	});
});

test('what was entered without a signal may arrive until the end of the day after the training', () => {
	const days = { zone: 'Asia/Jayapura', endsOn: '2026-05-22' as CalendarDay } as const;
	expect(lastArrival(days)).toEqual(new Date('2026-05-24T00:00:00+09:00'));
});
