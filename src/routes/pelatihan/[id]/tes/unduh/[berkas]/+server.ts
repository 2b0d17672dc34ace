import { takeResultFile } from '#lib/courses/tests/server/result-files.ts';
import { siteOf } from '../../../../../site.ts';
import { signedIn } from '../../../../signed-in.ts';
import { attachment } from '../../../../../attachment.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { app, course, locale } = locals;
	const file = await takeResultFile(app, course, signedIn(locals), {
		trainingId: params.id,
		name: params.berkas,
		language: locale,
		site: siteOf(app, url)
	});
	return attachment(file);
};
