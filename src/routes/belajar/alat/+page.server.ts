import { readerOf } from '#lib/courses/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	readerOf(locals.actor);
	const { course, locale } = locals;
	return {
		tools: course.tools
			.map(({ slug, title, purpose }) => ({
				slug,
				title: title[locale],
				purpose: purpose[locale]
			}))
			.sort((one, other) => one.title.localeCompare(other.title, locale))
	};
};
