/** Numbers as people write them: 1.316 in Indonesian, 1,316 in English. */
import type { Locale } from './calendar.ts';

const tags = { id: 'id-ID', en: 'en-GB' } satisfies Record<Locale, string>;

export function whole(value: number, locale: Locale): string {
	return new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 0 }).format(value);
}
