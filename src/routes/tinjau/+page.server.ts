import { redirect } from '@sveltejs/kit';
import { mayImportItems } from '#lib/courses/interchange/access.ts';
import { testAccess } from '#lib/courses/tests/access.ts';
import { exportCsv } from '#lib/feedback/export.ts';
import { pageOf } from '#lib/platform/pages.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { narrowings, readReview } from '#lib/feedback/server/reading.ts';
import { end } from '#lib/feedback/instruments/index.ts';
import { link } from '../links.ts';
import { exportPath, wishIn } from './wish.ts';
import type { PageServerLoad } from './$types';

/** The report follows: the table must not push it out of sight. */
const TRAININGS_IN_A_TABLE = 12;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, actor, locale } = locals;
	const wish = wishIn(url);
	if (wish.trainingId) {
		const only = wish.only ? `?bagian=${encodeURIComponent(wish.only)}` : '';
		redirect(303, link(`/tinjau/${encodeURIComponent(wish.trainingId)}${only}`, locale));
	}
	const { reviewed, trainings, reading } = await readReview(app, actor, wish);
	// Where nobody takes part yet there is nothing to read: those are counted, not listed.
	const asked = trainings.filter(({ invited }) => invited > 0);
	const wantedPage = url.searchParams.get('halaman');
	const page = pageOf(wantedPage, { total: asked.length, size: TRAININGS_IN_A_TABLE });
	return {
		nation: reviewed.nation,
		regions: reviewed.regions,
		choices: trainings.map(({ training: { id, title } }) => ({ id, title })),
		table: {
			trainings: asked.slice(page.offset, page.offset + page.size),
			unasked: trainings.length - asked.length,
			page
		},
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
