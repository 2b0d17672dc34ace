/** How a part of an instrument is called in a report, and where it stands on the page. */
import type { Locale } from '#lib/platform/calendar.ts';
import type { Part } from './instrument.ts';

export function titleOf({ section, subject }: Part, locale: Locale): string {
	const title = section.title[locale];
	return subject ? `${title}: ${subject.name[locale]}` : title;
}

export const anchorOf = ({ section, subject }: Part): string =>
	['bagian', section.key, ...(subject ? [subject.id] : [])].join('-').toLowerCase();
