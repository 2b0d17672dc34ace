import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { formatInstant, formatTime } from '#lib/platform/calendar.ts';
import { line, nothing, readForm } from '#lib/platform/form.ts';
import { correctAttendance, enterFromPaper } from '#lib/trainings/server/attendance.ts';
import { slotAttendance } from '#lib/trainings/server/attendance-lists.ts';
import {
	closeAttendance,
	openAttendance,
	type WhichSlot
} from '#lib/trainings/server/attendance-windows.ts';
import { orBackToForm } from '../../../../refusals.ts';
import { renewEvery } from '../../../refresh.ts';
import { signedIn } from '../../../signed-in.ts';
import { attendancePath, screenPath, slotPath } from '../paths.ts';
import type { Actions, PageServerLoad } from './$types';

const SECONDS = 30;

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const { app, locale } = locals;
	const which = { trainingId: params.id, slotId: params.sesi };
	const list = await slotAttendance(app, signedIn(locals), which);
	const { zone } = list.training;
	const time = (at: Date | null) => at && formatTime(at, zone, locale);
	const { onDay, startsAt, endsAt, title } = list.slot;
	return {
		slot: { onDay, startsAt, endsAt, title },
		hours: list.hours,
		state: list.state,
		mayRun: list.mayRun,
		people: list.people.map(({ entry, corrections, ...person }) => ({
			...person,
			entry: entry && { ...entry, at: time(entry.at) ?? '', provenAt: time(entry.provenAt) },
			corrections: corrections.map(({ at, ...made }) => ({
				...made,
				at: formatInstant(at, zone, locale)
			}))
		})),
		paths: {
			all: attendancePath(params.id, locale),
			own: slotPath(params.id, params.sesi, locale),
			screen: screenPath(params.id, params.sesi, locale)
		},
		seconds: SECONDS,
		...(list.state === 'open' ? renewEvery(SECONDS, event) : { still: true })
	};
};

type Event = RequestEvent<{ id: string; sesi: string }>;

const whichIn = ({ params }: Event): WhichSlot => ({
	trainingId: params.id,
	slotId: params.sesi
});

function back(event: Event): never {
	const { trainingId, slotId } = whichIn(event);
	redirect(303, slotPath(trainingId, slotId, event.locals.locale));
}

const paperForm = v.strictObject({
	orang: v.pipe(
		v.optional(v.union([v.string(), v.array(v.string())]), []),
		v.transform((ticked) => (typeof ticked === 'string' ? [ticked] : ticked)),
		v.maxLength(500)
	)
});

const correctionForm = v.strictObject({
	orang: line(40),
	hadir: v.pipe(
		v.picklist(['ya', 'tidak']),
		v.transform((answer) => answer === 'ya')
	),
	alasan: line(200)
});

export const actions: Actions = {
	buka: (event) =>
		orBackToForm(event, async (form) => {
			readForm(nothing, form);
			const which = whichIn(event);
			await openAttendance(event.locals.app, signedIn(event.locals), which);
			redirect(303, screenPath(which.trainingId, which.slotId, event.locals.locale));
		}),
	tutup: (event) =>
		orBackToForm(event, async (form) => {
			readForm(nothing, form);
			await closeAttendance(event.locals.app, signedIn(event.locals), whichIn(event));
			back(event);
		}),
	kertas: (event) =>
		orBackToForm(event, async (form) => {
			const { orang: userIds } = readForm(paperForm, form);
			const entry = { ...whichIn(event), userIds };
			await enterFromPaper(event.locals.app, signedIn(event.locals), entry);
			back(event);
		}),
	perbaiki: (event) =>
		orBackToForm(event, async (form) => {
			const { orang: userId, hadir: present, alasan: reason } = readForm(correctionForm, form);
			const correction = { ...whichIn(event), userId, present, reason };
			await correctAttendance(event.locals.app, signedIn(event.locals), correction);
			back(event);
		})
};
