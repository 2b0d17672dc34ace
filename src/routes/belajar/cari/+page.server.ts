import { readerOf } from '#lib/courses/access.ts';
import { indexOf, placeOf, type Place } from '#lib/courses/findables.ts';
import { findIn, LONGEST_QUERY } from '#lib/courses/search.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { clean } from '#lib/platform/text.ts';
import { glossaryPath, lessonPath, toolPath } from '../paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	readerOf(locals.actor);
	const { course, locale } = locals;
	const query = clean(url.searchParams.get('q') ?? '')
		.trim()
		.slice(0, LONGEST_QUERY);
	const { hits, all } = findIn(indexOf(course, locale), query);
	return {
		query,
		all,
		hits: hits.map(({ ref, title, excerpt }) => {
			const place = placeOf(course, ref);
			const module = place.kind === 'lesson' ? place.moduleTitle[locale] : null;
			return { ref, title, excerpt, kind: place.kind, module, href: addressOf(place, locale) };
		})
	};
};

function addressOf(place: Place, locale: Locale): string {
	if (place.kind === 'lesson') return lessonPath(place.moduleSlug, place.lessonSlug, locale);
	return place.kind === 'tool'
		? toolPath(place.slug, locale)
		: `${glossaryPath(locale)}#istilah-${place.slug}`;
}
