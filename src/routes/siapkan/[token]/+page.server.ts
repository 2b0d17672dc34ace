import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { line, readForm, secret } from '#lib/platform/form.ts';
import { m } from '#lib/paraglide/messages.js';
import { isSetupLinkGood, makeFirstAdmin } from '#lib/people/server/setup.ts';
import { startSession } from '#lib/people/server/sessions.ts';
import { link } from '../../links.ts';
import { orBackToForm } from '../../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const adminForm = v.strictObject({ name: line(120), username: line(80), password: secret });

export const load: PageServerLoad = async ({ locals, params }) => {
	const good = await isSetupLinkGood(locals.app, params.token);
	if (!good) error(404, m.people_refused_setup_link({}, { locale: locals.locale }));
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const typed = readForm(adminForm, form);
			const { userId } = await makeFirstAdmin(app, { ...typed, token: event.params.token });
			const { cookie } = await startSession(app, {
				userId,
				kind: 'own_phone',
				userAgent: event.request.headers.get('user-agent')
			});
			event.cookies.set(cookie.name, cookie.value, cookie.attributes);
			redirect(303, link('/kelola', locale));
		})
};
