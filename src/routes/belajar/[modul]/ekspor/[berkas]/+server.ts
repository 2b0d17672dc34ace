import { moduleFile } from '#lib/courses/interchange/server/module-files.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
	const { course, actor, locale } = locals;
	const of = { slug: params.modul, name: params.berkas, language: locale };
	const { content, mediaType, name } = moduleFile(course, actor, of);
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
};
