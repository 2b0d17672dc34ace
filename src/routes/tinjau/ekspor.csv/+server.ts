import { error } from '@sveltejs/kit';
import { exportCsv } from '#lib/feedback/export.ts';
import { readReview } from '#lib/feedback/server/reading.ts';
import { attachment } from '../../attachment.ts';
import { wishIn } from '../wish.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const { reading } = await readReview(locals.app, locals.actor, wishIn(url));
	if (!reading) error(404);
	const content = exportCsv(reading, locals.locale);
	return attachment({ name: 'umpan-balik.csv', mediaType: 'text/csv; charset=utf-8', content });
};
