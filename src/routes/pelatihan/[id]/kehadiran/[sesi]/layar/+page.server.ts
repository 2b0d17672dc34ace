import { redirect } from '@sveltejs/kit';
import { formatTime } from '#lib/platform/calendar.ts';
import { nothing, readForm } from '#lib/platform/form.ts';
import { showAttendanceCode } from '#lib/trainings/attendance.ts';
import { closeAttendance, screenOf } from '#lib/trainings/server/attendance-windows.ts';
import { drawQr } from '#lib/trainings/qr.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { orBackToForm } from '../../../../../refusals.ts';
import { siteOf } from '../../../../../site.ts';
import { renewEvery } from '../../../../refresh.ts';
import { signedIn } from '../../../../signed-in.ts';
import { screenPath, slotPath } from '../../paths.ts';
import type { Actions, PageServerLoad } from './$types';

/** In between, so that the number of those who are in moves. */
const AT_MOST_S = 15;

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { app, locale } = locals;
	const actor = signedIn(locals);
	const which = { trainingId: params.id, slotId: params.sesi };
	const { zone } = await findTraining(app.db.read, actor, params.id);
	const { slot, now, present, participants } = await screenOf(app, actor, which);
	const paths = {
		own: screenPath(params.id, params.sesi, locale),
		list: slotPath(params.id, params.sesi, locale)
	};
	const shown = { title: slot.title, present, participants, paths };
	if (!now) return { ...shown, way: null, seconds: 0, still: true };
	const site = siteOf(app, url);
	// Never a code that has changed already: the page comes again with the next one.
	const left = Math.ceil((now.until.getTime() - app.now().getTime()) / 1_000);
	const seconds = Math.max(1, Math.min(left, AT_MOST_S));
	return {
		...shown,
		way: {
			code: showAttendanceCode(now.code),
			page: `${new URL(site).host}/hadir`,
			qr: drawQr(`${site}/hadir?kode=${now.code}`),
			until: formatTime(now.endsAt, zone, locale)
		},
		seconds,
		...renewEvery(seconds, event)
	};
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			readForm(nothing, form);
			const { id: trainingId, sesi: slotId } = event.params;
			await closeAttendance(app, signedIn(event.locals), { trainingId, slotId });
			redirect(303, slotPath(trainingId, slotId, locale));
		})
};
