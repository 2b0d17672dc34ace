import { takeAttendanceFile } from '#lib/trainings/server/attendance-files.ts';
import { signedIn } from '../../../../signed-in.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { content, mediaType, name } = await takeAttendanceFile(locals.app, signedIn(locals), {
		trainingId: params.id,
		name: params.berkas,
		language: locals.locale
	});
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
};
