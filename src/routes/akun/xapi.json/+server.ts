import { ownRecord } from '#lib/courses/interchange/server/own-record.ts';
import { siteOf } from '../../site.ts';
import type { RequestHandler } from './$types';

/** What one has learnt oneself, for another system. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { app, course, actor } = locals;
	const record = await ownRecord(app, course, actor, siteOf(app, url));
	return new Response(new Uint8Array(record), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="xapi.json"',
			'cache-control': 'no-store'
		}
	});
};
