import { takeAttendanceFile } from '#lib/trainings/server/attendance-files.ts';
import { signedIn } from '../../../../signed-in.ts';
import { attachment } from '../../../../../attachment.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const file = await takeAttendanceFile(locals.app, signedIn(locals), {
		trainingId: params.id,
		name: params.berkas,
		language: locals.locale
	});
	return attachment(file);
};
