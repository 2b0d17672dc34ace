import { redirect } from '@sveltejs/kit';
import { mayImportItems } from '#lib/courses/interchange/access.ts';
import { testAccess } from '#lib/courses/tests/access.ts';
import { exportCsv } from '#lib/feedback/export.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { narrowings, readReview } from '#lib/feedback/server/reading.ts';
import { end } from '#lib/feedback/instruments/index.ts';
import { link } from '../links.ts';
import { exportPath, wishIn } from './wish.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, actor, locale } = locals;
	const wish = wishIn(url);
	if (wish.trainingId) {
		const only = wish.only ? `?bagian=${encodeURIComponent(wish.only)}` : '';
		redirect(303, link(`/tinjau/${encodeURIComponent(wish.trainingId)}${only}`, locale));
	}
	const { reviewed, trainings, reading } = await readReview(app, actor, wish);
	return {
		nation: reviewed.nation,
		regions: reviewed.regions,
		trainings,
		reading,
		analysesItems: testAccess.can(actor, 'analyse', {}),
		keepsBank: mayImportItems(actor),
		narrowings: narrowings(end),
		download: reading && {
			path: link(exportPath(reading), locale),
			size: fileSize(Buffer.byteLength(exportCsv(reading, locale)), locale)
		}
	};
};
