import { readerOf } from '#lib/courses/access.ts';
import { packNames } from '#lib/courses/pack.ts';
import { packEdition } from '#lib/courses/server/pack-edition.ts';
import type { RequestHandler } from './$types';

/** The newest edition of each pack: below a kilobyte, asked at most once an hour. */
export const GET: RequestHandler = ({ locals }) => {
	readerOf(locals.actor);
	const names = packNames(locals.course);
	return Response.json(
		Object.fromEntries(names.map((name) => [name, packEdition(locals.course, name)]))
	);
};
