import { redirect } from '@sveltejs/kit';
import { nothing, readForm } from '#lib/platform/form.ts';
import { sessionCookieName } from '#lib/people/server/session-cookie.ts';
import { endOwnSession } from '#lib/people/server/sessions.ts';
import { forgetHolder } from '../../request/holder.server.ts';
import { forgetKeptForms } from '../../request/kept-form.server.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * Signing out asks first: the page also clears what this phone keeps of the person's plans. Whoever
 * is out already, because the session ran out, need not come in for that.
 */
export const load: PageServerLoad = ({ locals }) => {
	if (!locals.actor) redirect(303, link('/masuk', locals.locale));
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			readForm(nothing, form);
			if (actor) await endOwnSession(app, actor, actor.sessionId);
			forgetKeptForms(event);
			event.cookies.delete(sessionCookieName(app), { path: '/' });
			forgetHolder(event);
			// Pages that the browser has stored or holds ready behind its Back button are the person's.
			// The packs are nobody's, lie elsewhere, and stay.
			event.setHeaders({ 'clear-site-data': '"cache"' });
			redirect(303, link('/masuk', locale));
		})
};
