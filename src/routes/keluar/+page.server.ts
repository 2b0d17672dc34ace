import { redirect } from '@sveltejs/kit';
import { nothing, readForm } from '#lib/platform/form.ts';
import { onlyOwn } from '#lib/people/access.ts';
import { endOwnSession, sessionCookieName } from '#lib/people/server/sessions.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** Signing out asks first: the page also clears what this phone keeps of the person's plans. */
export const load: PageServerLoad = ({ locals }) => {
	onlyOwn(locals.actor);
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const actor = onlyOwn(event.locals.actor);
			readForm(nothing, form);
			await endOwnSession(app, actor, actor.sessionId);
			event.cookies.delete(sessionCookieName(app), { path: '/' });
			redirect(303, link('/masuk', locale));
		})
};
