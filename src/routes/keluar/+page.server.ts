import { redirect } from '@sveltejs/kit';
import { onlyOwn } from '#lib/people/access.ts';
import { endOwnSession, sessionCookieName } from '#lib/people/server/sessions.ts';
import { link } from '../links.ts';
import type { Actions, PageServerLoad } from './$types';

/** Signing out asks first: the page also clears what this phone keeps of the person's plans. */
export const load: PageServerLoad = ({ locals }) => {
	onlyOwn(locals.actor);
};

export const actions: Actions = {
	default: async ({ locals, cookies }) => {
		const actor = onlyOwn(locals.actor);
		await endOwnSession(locals.app, actor, actor.sessionId);
		cookies.delete(sessionCookieName(locals.app), { path: '/' });
		redirect(303, link('/masuk', locals.locale));
	}
};
