/**
 * Attendance (kehadiran): who was in which slot of the agenda, shown by a code
 * that changes every minute, and what that is worth in training hours (jam
 * pelajaran, JP).
 *
 * Pure rules only: no database, no secrets, no clock of its own. The server's
 * clock decides everything; a phone's clock is never asked.
 */
import { addDays, type CalendarDay, type Zone } from '#lib/platform/calendar.ts';
import { lettersOf, startOfDay } from './training.ts';

/** How long a code stands on the screen. It is good for as long again, for those who type slowly. */
export const STEP_MS = 60_000;

/** The number of the minute in which a code stands on the screen. */
export const stepAt = (instant: Date): number => Math.floor(instant.getTime() / STEP_MS);
export const stepStart = (step: number): Date => new Date(step * STEP_MS);

/** Longer than any session; nobody has to remember to close. */
export const LONGEST_OPEN_MS = 4 * 3_600_000;

export interface Window {
	readonly openedAt: Date;
	/** Null while nobody has closed it. */
	readonly closedAt: Date | null;
}

/** When a window ends or ended. */
export function endOf({ openedAt, closedAt }: Window): Date {
	const latest = new Date(openedAt.getTime() + LONGEST_OPEN_MS);
	return closedAt !== null && closedAt < latest ? closedAt : latest;
}

export const isOpen = (window: Window, now: Date): boolean => now < endOf(window);

/** Letters of a code: short enough to copy from a wall, one of 887 million. */
const CODE_LETTERS = 6;

/** As kept: capital letters only. Null when it cannot be such a code. */
export const normaliseAttendanceCode = (typed: string): string | null =>
	lettersOf(typed, CODE_LETTERS);

/** As shown: "7KP-QM3". */
export const showAttendanceCode = (code: string): string => `${code.slice(0, 3)}-${code.slice(3)}`;

/**
 * Until when a code that was entered without a signal may arrive: the end of the
 * day after the training, where it takes place.
 */
export function lastArrival({ zone, endsOn }: { zone: Zone; endsOn: CalendarDay }): Date {
	return startOfDay(zone, addDays(endsOn, 2));
}

/** Minutes of one training hour (jam pelajaran). */
const JP_MINUTES = 45;

interface Timed {
	/** 'HH:MM' */
	readonly startsAt: string;
	readonly endsAt: string;
	/** What the office has set; null: by the length. */
	readonly jp: number | null;
}

/** Training hours of a slot: what the office set, or its length in whole hours of 45 minutes, rounded. */
export function jpOf({ startsAt, endsAt, jp }: Timed): number {
	return jp ?? Math.round((minutesOf(endsAt) - minutesOf(startsAt)) / JP_MINUTES);
}

function minutesOf(clock: string): number {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
}

export interface Hours {
	readonly attended: number;
	readonly total: number;
}

/** The training hours of one person: those of the slots they were in, and of all. */
export function hoursIn(
	slots: readonly (Timed & { readonly id: string })[],
	attended: ReadonlySet<string>
): Hours {
	const sum = (some: typeof slots) => some.reduce((jp, slot) => jp + jpOf(slot), 0);
	return { attended: sum(slots.filter(({ id }) => attended.has(id))), total: sum(slots) };
}
