import { error } from '@sveltejs/kit';
import { exportCsv } from '#lib/feedback/export.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { readReview } from '#lib/feedback/server/reading.ts';
import { link } from '../../links.ts';
import { exportPath } from '../wish.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, actor, locale } = locals;
	const { reading } = await readReview(app, actor, {
		trainingId: params.pelatihan,
		only: url.searchParams.get('bagian')
	});
	if (!reading) error(404);
	return {
		reading,
		download: {
			path: link(exportPath(reading), locale),
			size: fileSize(Buffer.byteLength(exportCsv(reading, locale)), locale)
		}
	};
};
