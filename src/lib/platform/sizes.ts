/** What a download is and costs, as people write it. */
import type { Locale } from './calendar.ts';
import { whole } from './numbers.ts';

/** "12 kB", rounded up. */
export function fileSize(bytes: number, locale: Locale): string {
	return `${whole(Math.ceil(bytes / 1000), locale)} kB`;
}

/** "Rp 1.500": whole rupiah. */
export function rupiah(amount: number, locale: Locale): string {
	return `Rp ${whole(amount, locale)}`;
}
