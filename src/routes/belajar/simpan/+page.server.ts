import { readerOf } from '#lib/courses/access.ts';
import { packNames, BASE_PACK } from '#lib/courses/pack.ts';
import type { PageServerLoad } from './$types';

/** Without sizes: this page is in the packs that it speaks of. They come from `isi`. */
export const load: PageServerLoad = ({ locals }) => {
	const { app, course, locale } = locals;
	readerOf(locals.actor);
	const names = packNames(course).filter((name) => name !== BASE_PACK);
	return {
		rupiahPerMb: app.settings.rupiahPerMb,
		modules: course.modules
			.filter(({ slug }) => names.includes(slug))
			.map(({ slug, title, lessons }) => ({ slug, title: title[locale], lessons: lessons.length }))
	};
};
