import { redirect } from '@sveltejs/kit';
import { link } from './links.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	if (locals.actor) redirect(303, link('/beranda', locals.locale));
};
