/**
 * Trainings (bimtek, pelatihan): when they happen, until when their plans run,
 * and the code that opens their door.
 *
 * Pure rules only: no database, no HTTP, no clock of its own.
 */
import {
	addDays,
	addMonth,
	dayIn,
	type CalendarDay,
	type Locale,
	type Zone
} from '#lib/platform/calendar.ts';

export interface Training {
	readonly id: string;
	readonly title: string;
	readonly place: string;
	readonly regionCode: string;
	readonly zone: Zone;
	readonly startsOn: CalendarDay;
	readonly endsOn: CalendarDay;
	/** The last day to carry out the plans. */
	readonly planDueOn: CalendarDay;
	readonly feedbackOpensOn: CalendarDay;
}

export const phases = ['before', 'during', 'after'] as const;
export type Phase = (typeof phases)[number];

/** Where the training stands on a day of its own calendar. */
export function phaseOn(training: Pick<Training, 'startsOn' | 'endsOn'>, day: CalendarDay): Phase {
	if (day < training.startsOn) return 'before';
	return day > training.endsOn ? 'after' : 'during';
}

export function phaseAt(
	training: Pick<Training, 'startsOn' | 'endsOn' | 'zone'>,
	instant: Date
): Phase {
	return phaseOn(training, dayIn(training.zone, instant));
}

/**
 * What needs looking at first: what runs today, then what comes next, then what closed last.
 * `todayOf` is the day it is where the training takes place.
 */
export function nearestFirst<T extends Pick<Training, 'startsOn' | 'endsOn' | 'zone'>>(
	trainings: readonly T[],
	todayOf: (zone: Zone) => CalendarDay
): T[] {
	const order = { during: 0, before: 1, after: 2 } satisfies Record<Phase, number>;
	const phase = (one: T) => phaseOn(one, todayOf(one.zone));
	const byDay = (a: CalendarDay, b: CalendarDay) => (a < b ? -1 : Number(a > b));
	return trainings.toSorted((a, b) => {
		if (phase(a) !== phase(b)) return order[phase(a)] - order[phase(b)];
		return phase(a) === 'after' ? byDay(b.endsOn, a.endsOn) : byDay(a.startsOn, b.startsOn);
	});
}

/** Programme terms: plans are carried out within one month of the closing day. */
export function defaultPlanDue(endsOn: CalendarDay): CalendarDay {
	return addMonth(endsOn);
}

/** Why the days of a training cannot be as typed, or null when they can. */
export function faultInDays(
	days: Pick<Training, 'startsOn' | 'endsOn' | 'planDueOn' | 'feedbackOpensOn'>
): 'endsOn' | 'planDueOn' | 'feedbackOpensOn' | null {
	if (days.endsOn < days.startsOn) return 'endsOn';
	if (days.planDueOn < days.endsOn) return 'planDueOn';
	return days.feedbackOpensOn < days.startsOn ? 'feedbackOpensOn' : null;
}

/** Hours ahead of Greenwich; Indonesia has no summer time. */
const offsets = {
	'Asia/Jakarta': '+07:00',
	'Asia/Makassar': '+08:00',
	'Asia/Jayapura': '+09:00'
} satisfies Record<Zone, string>;

/** Midnight at the beginning of a day in `zone`. */
export function startOfDay(zone: Zone, day: CalendarDay): Date {
	return new Date(`${day}T00:00:00${offsets[zone]}`);
}

/** Midnight at the end of the day that it is in `zone` at `instant`. */
export function endOfDay(zone: Zone, instant: Date): Date {
	return startOfDay(zone, addDays(dayIn(zone, instant), 1));
}

/** Read aloud and copied from a wall: without 0 and O, 1, I and L. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
/** The largest multiple of 31 in a byte: bytes above it would favour the first letters. */
const FAIR_BYTES = 248;

export function newJoinCode(): string {
	let code = '';
	while (code.length < CODE_LENGTH) {
		const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
		if (byte < FAIR_BYTES) code += CODE_ALPHABET[byte % CODE_ALPHABET.length];
	}
	return code;
}

/** As kept: capital letters without dash or blank. Null when it cannot be a code. */
export const normaliseCode = (typed: string): string | null => lettersOf(typed, CODE_LENGTH);

/** The same for a code of so many letters. */
export function lettersOf(typed: string, length: number): string | null {
	const code = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\p{Pd}._]/gu, '');
	const known = [...code].every((letter) => CODE_ALPHABET.includes(letter));
	return code.length === length && known ? code : null;
}

/** As shown: "7KPQ-M3XA". */
export function showCode(code: string): string {
	return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Hours and minutes on the clock of the training: '08:30'. */
export function isClockTime(text: string): boolean {
	return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** "08.30–10.00", in English "08:30–10:00": Indonesian clocks are written with a dot. */
export function timeSpan(
	slot: { readonly startsAt: string; readonly endsAt: string },
	locale: Locale
): string {
	const span = `${slot.startsAt}–${slot.endsAt}`;
	return locale === 'id' ? span.replaceAll(':', '.') : span;
}

/** A team is called after its village; the district tells it from a namesake. */
export function teamName(village: string, district: string): string {
	return district === '' ? village : `${village} (${district})`;
}
