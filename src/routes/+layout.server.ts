import everyPage from '#lib/ui/every-page.ts?worker&url';
import { frameOf } from './frame.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => ({
	/** The small script; pages of the course have one of their own instead. */
	enhancement: everyPage,
	...frameOf(locals, url)
});
