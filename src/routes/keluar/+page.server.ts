import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readForm } from '#lib/platform/form.ts';
import { sessionCookieName } from '#lib/people/server/session-cookie.ts';
import { endOwnSession } from '#lib/people/server/session-list.ts';
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

/** Said by the script once it has taken the person's own from this phone. */
const signOutForm = v.strictObject({ bersih: v.optional(v.literal('ya')) });

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const { bersih: cleared } = readForm(signOutForm, form);
			if (actor) await endOwnSession(app, actor, actor.sessionId);
			forgetKeptForms(event);
			event.cookies.delete(sessionCookieName(app), { path: '/' });
			forgetHolder(event);
			// Pages that the browser has stored or holds ready behind its Back button are the person's.
			// The packs are nobody's, lie elsewhere, and stay; unless the script never came that takes
			// the person's own from this phone: then everything goes.
			event.setHeaders({ 'clear-site-data': cleared ? '"cache"' : '"cache", "storage"' });
			redirect(303, link('/masuk', locale));
		})
};
