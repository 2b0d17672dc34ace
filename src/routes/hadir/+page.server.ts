import { redirect } from '@sveltejs/kit';
import enhancement from '#lib/courses/enhance/entry.ts?worker&url';
import { onlyOwn } from '#lib/people/access.ts';
import { formatTime } from '#lib/platform/calendar.ts';
import { readForm } from '#lib/platform/form.ts';
import { enterAttendance } from '#lib/trainings/server/attendance.ts';
import { openSlotsFor, ownEntry } from '#lib/trainings/server/attendance-lists.ts';
import { orBackToForm } from '../refusals.ts';
import { attendanceForm, enteredPath } from './form.ts';
import type { Actions, PageServerLoad } from './$types';

/** `kode`: from the QR on the screen. `sesi`: the session that was just entered. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, locale } = locals;
	const actor = onlyOwn(locals.actor);
	const entered = await ownEntry(app.db.read, actor, url.searchParams.get('sesi') ?? '');
	const open = await openSlotsFor(app.db.read, actor, app.now());
	return {
		enhancement,
		code: url.searchParams.get('kode')?.slice(0, 40) ?? '',
		entered: entered && {
			title: entered.title,
			trainingId: entered.trainingId,
			time: formatTime(entered.at, entered.zone, locale)
		},
		open: open.map(({ slotId, title, zone, enteredAt }) => ({
			slotId,
			title,
			time: enteredAt && formatTime(enteredAt, zone, locale)
		}))
	};
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { kode } = readForm(attendanceForm, form);
			const { slotId } = await enterAttendance(app, onlyOwn(event.locals.actor), kode);
			redirect(303, enteredPath(slotId, locale));
		})
};
