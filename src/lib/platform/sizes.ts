/** What a download is and costs, as people write it. */
import type { Locale } from './calendar.ts';

const tags = { id: 'id-ID', en: 'en-GB' } satisfies Record<Locale, string>;

/** "12 kB", rounded up. */
export function fileSize(bytes: number, locale: Locale): string {
	return `${new Intl.NumberFormat(tags[locale]).format(Math.ceil(bytes / 1000))} kB`;
}

/** "Rp 1.500": whole rupiah. */
export function rupiah(amount: number, locale: Locale): string {
	return `Rp ${new Intl.NumberFormat(tags[locale]).format(amount)}`;
}
