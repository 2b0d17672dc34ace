import { resultFiles } from '#lib/courses/tests/server/result-files.ts';
import { formatDay } from '#lib/platform/calendar.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { siteOf } from '../../../../site.ts';
import { signedIn } from '../../../signed-in.ts';
import { resultFilePath } from './paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, course, locale } = locals;
	const taking = { trainingId: params.id, language: locale, site: siteOf(app, url) };
	const found = await resultFiles(app, course, signedIn(locals), taking);
	return {
		files: await Promise.all(
			found.files.map(async (file) => ({
				name: file.name,
				href: resultFilePath(params.id, file.name, locale),
				size: fileSize(await file.sizeBytes(), locale)
			}))
		),
		withheld: found.withheld,
		statementsFrom: formatDay(found.statementsFrom, locale)
	};
};
