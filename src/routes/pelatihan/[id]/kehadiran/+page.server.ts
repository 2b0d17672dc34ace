import { formatTime } from '#lib/platform/calendar.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { attendanceAccess } from '#lib/trainings/access.ts';
import { attendanceFiles } from '#lib/trainings/server/attendance-files.ts';
import { attendanceOverview, ownAttendance } from '#lib/trainings/server/attendance-lists.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { signedIn } from '../../signed-in.ts';
import { attendanceFilePath, slotPath } from './paths.ts';
import type { PageServerLoad } from './$types';

/** Those who follow the training see the class, a participant their own. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, locale } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const place = { trainingId: training.id, regionCode: training.regionCode };
	if (attendanceAccess.can(actor, 'follow', place)) {
		const { slots, participants } = await attendanceOverview(app, actor, training.id);
		const taking = { trainingId: training.id, language: locale };
		const files = slots.length > 0 ? await attendanceFiles(app, actor, taking) : [];
		return {
			own: null,
			files: await Promise.all(
				files.map(async (file) => ({
					name: file.name,
					href: attendanceFilePath(training.id, file.name, locale),
					size: fileSize(await file.sizeBytes(), locale)
				}))
			),
			participants,
			slots: slots.map((slot) => ({ ...slot, href: slotPath(training.id, slot.id, locale) }))
		};
	}
	const { slots, hours } = await ownAttendance(app, actor, training.id);
	const said = (at: Date | null) => at && formatTime(at, training.zone, locale);
	return {
		own: { hours, slots: slots.map((slot) => ({ ...slot, enteredAt: said(slot.enteredAt) })) },
		files: [],
		participants: 0,
		slots: []
	};
};
