import { moduleFile } from '#lib/courses/interchange/server/module-files.ts';
import { attachment } from '../../../../attachment.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
	const { course, actor, locale } = locals;
	const of = { slug: params.modul, name: params.berkas, language: locale };
	const file = moduleFile(course, actor, of);
	return attachment(file);
};
