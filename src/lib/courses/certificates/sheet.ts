/**
 * What stands on a certificate, word for word: the page and the PDF show the same.
 *
 * Pure: the texts are said here, so that who draws them needs no language.
 */
import {
	dayIn,
	formatDay,
	formatDays,
	formatWeekday,
	type CalendarDay,
	type Locale,
	type Zone
} from '#lib/platform/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import { drawQr, type QrDrawing } from '#lib/trainings/qr.ts';
import { showNumber } from './number.ts';

/** As it was when it was issued: see the schema. */
export interface Certified {
	readonly code: string;
	readonly name: string;
	readonly issuedAt: Date;
	readonly contents: {
		readonly title: string;
		readonly place: string;
		readonly region: string;
		readonly startsOn: string;
		readonly endsOn: string;
		readonly sessions: readonly {
			readonly onDay: string;
			readonly title: string;
			readonly jp: number;
		}[];
		readonly totalJp: number;
	};
}

export interface SheetRow {
	readonly day: string;
	readonly session: string;
	readonly jp: number;
}

export interface Sheet {
	/** BCP 47, of all texts. */
	readonly lang: 'id-ID' | 'en-GB';
	/** Of the document, for its list of windows. */
	readonly title: string;
	readonly heading: string;
	readonly number: string;
	readonly given: string;
	readonly name: string;
	readonly completed: string;
	readonly training: string;
	readonly where: string;
	readonly hours: string;
	readonly issued: string;
	readonly note: string;
	readonly check: {
		readonly say: string;
		/** Without the protocol, as people type it. */
		readonly address: string;
		readonly href: string;
		readonly qr: QrDrawing;
		readonly qrSays: string;
	};
	readonly sessions: {
		readonly heading: string;
		readonly columns: readonly [day: string, session: string, jp: string];
		readonly rows: readonly SheetRow[];
		readonly sumSays: string;
		readonly sum: number;
	};
	/** Milliseconds since 1970. */
	readonly issuedAt: number;
}

export function sheetOf(
	{ code, name, issuedAt, contents }: Certified,
	{ origin, zone, locale }: { origin: string; zone: Zone; locale: Locale }
): Sheet {
	const say = { locale };
	const day = (text: string) => text as CalendarDay; // kept as a day of the training
	const { title, place, startsOn, endsOn, sessions, totalJp } = contents;
	const number = showNumber(code);
	const sum = sessions.reduce((jp, session) => jp + session.jp, 0);
	const href = `${origin}/sertifikat/${code}`;
	const address = href.replace(/^https?:\/\//, '');
	const printed = name.trim() || m.courses_certificate_nameless({ number }, say);
	return {
		lang: locale === 'id' ? 'id-ID' : 'en-GB',
		title: m.courses_certificate_of_name({ title, name: printed }, say),
		heading: m.courses_certificate({}, say),
		number: m.courses_certificate_number({ number }, say),
		given: m.courses_certificate_given({}, say),
		name: printed,
		completed: m.courses_certificate_completed({}, say),
		training: title,
		where: m.courses_certificate_where(
			{ place, days: formatDays(day(startsOn), day(endsOn), locale) },
			say
		),
		hours: m.courses_certificate_hours({ attended: sum, total: totalJp }, say),
		issued: m.courses_certificate_issued({ day: formatDay(dayIn(zone, issuedAt), locale) }, say),
		note: m.courses_certificate_note({}, say),
		check: {
			say: m.courses_certificate_check({}, say),
			address,
			href,
			qr: drawQr(href),
			qrSays: m.courses_certificate_qr({ address }, say)
		},
		sessions: {
			heading: m.courses_certificate_sessions({}, say),
			columns: [
				m.courses_certificate_col_day({}, say),
				m.courses_certificate_col_session({}, say),
				m.courses_certificate_col_jp({}, say)
			],
			rows: sessions.map((session) => ({
				day: formatWeekday(day(session.onDay), locale),
				session: session.title,
				jp: session.jp
			})),
			sumSays: m.courses_certificate_sum({}, say),
			sum
		},
		issuedAt: issuedAt.getTime()
	};
}
