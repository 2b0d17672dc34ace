import { readerOf } from '#lib/courses/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	readerOf(locals.actor);
	const { course, locale } = locals;
	return {
		terms: course.terms.toSorted((one, other) =>
			one.term[locale].localeCompare(other.term[locale], locale)
		)
	};
};
