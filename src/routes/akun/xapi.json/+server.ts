import { ownRecord } from '#lib/courses/interchange/server/own-record.ts';
import { attachment } from '../../attachment.ts';
import { siteOf } from '../../site.ts';
import type { RequestHandler } from './$types';

/** What one has learnt oneself, for another system. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { app, course, actor } = locals;
	const content = await ownRecord(app, course, actor, siteOf(app, url));
	return attachment({ name: 'catatan-belajar.json', mediaType: 'application/json', content });
};
