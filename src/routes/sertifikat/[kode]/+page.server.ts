import { formatDay, formatDays, dayIn, type CalendarDay } from '#lib/platform/calendar.ts';
import { maskName, showNumber } from '#lib/courses/certificates/number.ts';
import { checkCertificate } from '#lib/courses/certificates/server/certificates.ts';
import { zoneOfTraining } from '#lib/trainings/server/trainings.ts';
import type { PageServerLoad } from './$types';

/** For whoever holds a certificate in the hand: whether it is one, and what must be printed on it. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	const { app, device, locale } = locals;
	setHeaders({ 'x-robots-tag': 'noindex' });
	const { code, name, contents, ...found } = await checkCertificate(app, {
		typed: params.kode,
		device
	});
	const zone = await zoneOfTraining(app.db.read, found.trainingId);
	const day = (at: Date) => formatDay(dayIn(zone, at), locale);
	return {
		code,
		number: showNumber(code),
		name: maskName(name),
		training: contents.title,
		place: contents.place,
		days: formatDays(contents.startsOn as CalendarDay, contents.endsOn as CalendarDay, locale),
		hours: contents.sessions.reduce((sum, { jp }) => sum + jp, 0),
		issued: day(found.issuedAt),
		revoked: found.revokedAt && day(found.revokedAt)
	};
};
