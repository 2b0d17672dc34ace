/**
 * The pre-test (tes awal) and post-test (tes akhir) of a training.
 *
 * Two forms ask about the same lessons with other questions. They are crossed:
 * half of the people begin with A and end with B, the other half the other way
 * round, so that nobody meets a question twice and the forms need not be equally
 * hard for the gain to be fair.
 *
 * Pure: no database, no HTTP, no clock of its own.
 */
import { addDays, dayIn, type CalendarDay, type Zone } from '#lib/platform/calendar.ts';
import type { CourseItem, TestForms } from '../course.ts';

export const testPhases = ['pre', 'post'] as const;
export type TestPhase = (typeof testPhases)[number];

export type FormName = keyof TestForms;

/** Whatever somebody took first, they take the other one second. */
export const otherForm = (form: FormName): FormName => (form === 'A' ? 'B' : 'A');

/** The form for a newcomer: the one that fewer people have begun with, A when they are even. */
export function fairForm(begunWith: Readonly<Record<FormName, number>>): FormName {
	return begunWith.B < begunWith.A ? 'B' : 'A';
}

export interface Window {
	readonly openedAt: Date;
	/** Null while nobody has closed it. */
	readonly closedAt: Date | null;
	/** When it was closed the first time; stays when it is opened again. */
	readonly firstClosedAt: Date | null;
}

export type WindowState = 'not opened' | 'open' | 'closed';

/** A test that nobody closes ends this many days after the training. */
export const OPEN_DAYS_AFTER_TRAINING = 7;

interface Calendar {
	readonly zone: Zone;
	readonly endsOn: CalendarDay;
}

/** The last day on which a test can be handed in, whether or not somebody closes it. */
export function lastTestDay({ endsOn }: Pick<Calendar, 'endsOn'>): CalendarDay {
	return addDays(endsOn, OPEN_DAYS_AFTER_TRAINING);
}

export function windowState(window: Window | null, training: Calendar, now: Date): WindowState {
	if (!window) return 'not opened';
	if (window.closedAt !== null || isOver(training, now)) return 'closed';
	return 'open';
}

/** Whether the days in which tests of this training can be open are past. */
export function isOver(training: Calendar, now: Date): boolean {
	return dayIn(training.zone, now) > lastTestDay(training);
}

/** Questions on one page of the form: few enough to scroll through, each page is saved. */
export const ITEMS_ON_A_PAGE = 5;

export function pagesOf(items: readonly CourseItem[]): CourseItem[][] {
	const pages: CourseItem[][] = [];
	for (let at = 0; at < items.length; at += ITEMS_ON_A_PAGE) {
		pages.push(items.slice(at, at + ITEMS_ON_A_PAGE));
	}
	return pages;
}

/**
 * The items in an order of one's own, always the same for one test: neighbours
 * with the same form are not at the same question.
 */
export function shuffledFor(testId: string, items: readonly CourseItem[]): CourseItem[] {
	const roll = newRoll(testId);
	const shuffled = [...items];
	for (let last = shuffled.length - 1; last > 0; last--) {
		const other = Math.floor(roll() * (last + 1));
		const [here, there] = [shuffled[last], shuffled[other]];
		if (here && there) [shuffled[last], shuffled[other]] = [there, here];
	}
	return shuffled;
}

/** FNV-1a for the seed, mulberry32 for the rest: even enough to deal out questions. */
function newRoll(seed: string): () => number {
	let state = 0x811c9dc5;
	for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** An answer as it arrived. */
export interface Operation {
	/** The order in which the server received them. */
	readonly n: number;
	readonly itemId: string;
	readonly itemVersion: number;
	/** Empty: taken back. */
	readonly answer: string;
	readonly right: boolean;
	readonly device: string;
	readonly sequence: number;
}

/**
 * Item id → the answer that counts: the last one that the server received. What
 * a device sends late, after a later one of its own, is out of date.
 */
export function standing<O extends Operation>(operations: readonly O[]): Map<string, O> {
	const found = new Map<string, O>();
	const latest = new Map<string, number>();
	for (const operation of operations.toSorted((one, other) => one.n - other.n)) {
		const source = `${operation.itemId} ${operation.device}`;
		if (operation.sequence < (latest.get(source) ?? -Infinity)) continue;
		latest.set(source, operation.sequence);
		found.set(operation.itemId, operation);
	}
	return found;
}
