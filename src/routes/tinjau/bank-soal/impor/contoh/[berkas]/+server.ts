import { exampleFiles } from '#lib/courses/bank/server/examples.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { attachment } from '../../../../../attachment.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
	const file = exampleFiles(locals.course, locals.actor).find(({ name }) => name === params.berkas);
	if (!file) throw new Refusal('not_found', 'courses_refused_no_example');
	return attachment(file);
};
