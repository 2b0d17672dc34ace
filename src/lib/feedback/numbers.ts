/** Numbers as people write them: 3,42 in Indonesian, 3.42 in English. */
import type { Locale } from '#lib/platform/calendar.ts';

const tags = { id: 'id-ID', en: 'en-GB' } satisfies Record<Locale, string>;

export function decimal(value: number, locale: Locale, digits = 2): string {
	const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
	// "−0" would be a number nobody writes.
	const rounded = Number(value.toFixed(digits)) || 0;
	return new Intl.NumberFormat(tags[locale], format).format(rounded);
}

export function percent(share: number, locale: Locale): string {
	return new Intl.NumberFormat(tags[locale], {
		style: 'percent',
		maximumFractionDigits: 0
	}).format(share);
}

/** Below ten answers a percentage pretends to know too much. */
export const FEWEST_FOR_PERCENT = 10;
