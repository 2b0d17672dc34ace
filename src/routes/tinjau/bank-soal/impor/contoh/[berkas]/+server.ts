import { exampleFiles } from '#lib/courses/bank/server/examples.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
	const file = exampleFiles(locals.course, locals.actor).find(({ name }) => name === params.berkas);
	if (!file) throw new Refusal('not_found', 'courses_refused_no_example');
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.mediaType,
			'content-disposition': `attachment; filename="${file.name}"`,
			'cache-control': 'no-store'
		}
	});
};
