/**
 * Days and clocks where the library is. A deadline is a day on the calendar of
 * its place, never an instant in Greenwich: at 23.30 in Jakarta it is already
 * tomorrow in Jayapura.
 */
export type CalendarDay = string & { readonly __brand: 'CalendarDay' };

export const zones = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;
export type Zone = (typeof zones)[number];

/** Names of the zones as people say them. */
export const zoneNames = {
	'Asia/Jakarta': 'WIB',
	'Asia/Makassar': 'WITA',
	'Asia/Jayapura': 'WIT'
} satisfies Record<Zone, string>;

export type Locale = 'id' | 'en';

/** Canadians write a day as we keep it. */
type Language = Locale | 'en-CA';

const tags: Record<Language, string> = { id: 'id-ID', en: 'en-GB', 'en-CA': 'en-CA' };
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: making one takes longer than all dates of a page. */
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = language + JSON.stringify(options);
	const known = formats.get(key) ?? new Intl.DateTimeFormat(tags[language], options);
	formats.set(key, known);
	return known;
}

function utc(day: CalendarDay): Date {
	return new Date(`${day}T00:00Z`);
}

function asDay(date: Date): CalendarDay {
	return date.toISOString().slice(0, 10) as CalendarDay;
}

/** A day as typed in a form (`2026-05-22`), or null when there is no such day. */
export function parseDay(text: string): CalendarDay | null {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
	const date = new Date(`${text}T00:00Z`);
	return !Number.isNaN(date.getTime()) && asDay(date) === text ? (text as CalendarDay) : null;
}

/** The day on the calendar of `zone` at that instant. */
export function dayIn(zone: Zone, instant: Date): CalendarDay {
	return format('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant) as CalendarDay;
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
	return asDay(new Date(utc(day).getTime() + days * DAY_MS));
}

/** One month later; the 31st falls back to the last day of a shorter month. */
export function addMonth(day: CalendarDay): CalendarDay {
	const later = utc(day);
	const dayOfMonth = later.getUTCDate();
	later.setUTCMonth(later.getUTCMonth() + 1);
	if (later.getUTCDate() !== dayOfMonth) later.setUTCDate(0);
	return asDay(later);
}

/** Whole days from one day to another; negative when `to` lies before `from`. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
	return Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS);
}

/** All days from the first to the last, both included. */
export function daysFromTo(first: CalendarDay, last: CalendarDay): CalendarDay[] {
	const count = Math.max(0, daysBetween(first, last) + 1);
	return Array.from({ length: count }, (_, n) => addDays(first, n));
}

/** "22 November 2026" */
export function formatDay(day: CalendarDay, locale: Locale): string {
	return format(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(utc(day));
}

/** "2–6 Desember 2026", and one day as `formatDay` says it. */
export function formatDays(first: CalendarDay, last: CalendarDay, locale: Locale): string {
	const days = format(locale, { dateStyle: 'long', timeZone: 'UTC' });
	// Thin spaces around the dash: old fonts have none.
	return days.formatRange(utc(first), utc(last)).replaceAll('\u2009', ' ');
}

/** "Minggu, 22 November 2026" */
export function formatWeekday(day: CalendarDay, locale: Locale): string {
	const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
	return format(locale, { ...parts, timeZone: 'UTC' }).format(utc(day));
}

/** "16.05 WIB" */
export function formatTime(instant: Date, zone: Zone, locale: Locale): string {
	const time = format(locale, { timeStyle: 'short', timeZone: zone, hourCycle: 'h23' });
	return `${time.format(instant)} ${zoneNames[zone]}`;
}

/** "22 November 2026 pukul 16.05 WIB" */
export function formatInstant(instant: Date, zone: Zone, locale: Locale): string {
	const at = locale === 'id' ? 'pukul' : 'at';
	return `${formatDay(dayIn(zone, instant), locale)} ${at} ${formatTime(instant, zone, locale)}`;
}
