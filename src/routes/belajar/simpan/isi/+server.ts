import { readerOf } from '#lib/courses/access.ts';
import { packsIn } from '../packs.server.ts';
import type { RequestHandler } from './$types';

/** What would be sent for each pack in the language of the address: files, sizes, hashes. */
export const GET: RequestHandler = async ({ locals, fetch }) => {
	readerOf(locals.actor);
	return Response.json(await packsIn(locals.course, locals.locale, fetch));
};
