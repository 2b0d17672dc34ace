import { error } from '@sveltejs/kit';
import { exportCsv } from '#lib/feedback/export.ts';
import { readReview } from '#lib/feedback/server/reading.ts';
import { wishIn } from '../wish.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const { reading } = await readReview(locals.app, locals.actor, wishIn(url));
	if (!reading) error(404);
	return new Response(exportCsv(reading, locals.locale), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="umpan-balik.csv"'
		}
	});
};
