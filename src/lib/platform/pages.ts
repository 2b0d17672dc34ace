/** A long list, a page at a time. Pages are counted from 1, as people do. */

export interface Page {
	readonly page: number;
	/** At least 1: an empty list has one page with nothing on it. */
	readonly pages: number;
	/** How many entries stand on the pages before. */
	readonly offset: number;
	/** Most entries of one page. */
	readonly size: number;
}

/** The page that was asked for by its number in an address; the nearest there is when it is out of bounds or no number. */
export function pageOf(wanted: string | null, { total, size }: { total: number; size: number }) {
	const pages = Math.max(1, Math.ceil(total / size));
	const number = /^\d{1,6}$/.test(wanted ?? '') ? Number(wanted) : 1;
	const page = Math.min(pages, Math.max(1, number));
	return { page, pages, offset: (page - 1) * size, size } satisfies Page;
}
