/** Shares as people write them, from 0 to 1. */
import type { Locale } from '#lib/platform/calendar.ts';
import type { Interval } from '#lib/platform/intervals.ts';

const tags = { id: 'id-ID', en: 'en-GB' } satisfies Record<Locale, string>;

/** "42%" */
export function percent(share: number, locale: Locale): string {
	return new Intl.NumberFormat(tags[locale], {
		style: 'percent',
		maximumFractionDigits: 0
	}).format(share);
}

/** "28–57%" */
export function percentSpan({ low, high }: Interval, locale: Locale): string {
	return `${Math.round(low * 100)}–${percent(high, locale)}`;
}

/** "+23", "−4", "0": percentage points. */
export function points(difference: number, locale: Locale): string {
	const whole = Math.round(difference * 100) || 0;
	const sign = whole > 0 ? '+' : whole < 0 ? '−' : '';
	return sign + new Intl.NumberFormat(tags[locale]).format(Math.abs(whole));
}

/** "0,42" */
export function twoDigits(value: number, locale: Locale): string {
	const format = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
	return new Intl.NumberFormat(tags[locale], format)
		.format(Number(value.toFixed(2)) || 0)
		.replace('-', '−');
}
