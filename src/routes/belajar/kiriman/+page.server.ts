import { readerOf } from '#lib/courses/access.ts';
import { placesIn } from '../places.ts';
import type { PageServerLoad } from './$types';

/**
 * What waits lies on the phone alone, so this page knows none of it: only how the places are called
 * that it may be about. It is in the packs, and opens without a signal.
 */
export const load: PageServerLoad = ({ locals }) => {
	readerOf(locals.actor);
	return { places: placesIn(locals.course, locals.locale) };
};
