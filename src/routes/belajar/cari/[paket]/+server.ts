import { readerOf } from '#lib/courses/access.ts';
import { findablesOfPack } from '#lib/courses/findables.ts';
import type { RequestHandler } from './$types';

/** The text of a pack, for a phone to search without a signal. */
export const GET: RequestHandler = ({ locals, params }) => {
	readerOf(locals.actor);
	return Response.json(findablesOfPack(locals.course, params.paket, locals.locale));
};
