import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { checkbox, line, readForm, secret } from '#lib/platform/form.ts';
import { redeemCode } from '#lib/people/server/codes.ts';
import { startSession } from '#lib/people/server/sessions.ts';
import { addressOf } from '../../request/address.server.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import type { Actions } from './$types';

const resetForm = v.strictObject({
	username: line(80),
	code: line(40),
	password: secret,
	shared: checkbox
});

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, device, locale } = event.locals;
			const { shared, ...typed } = readForm(resetForm, form);
			const { userId, first } = await redeemCode(app, {
				...typed,
				device,
				address: addressOf(event)
			});
			const { cookie } = await startSession(app, {
				userId,
				kind: shared ? 'shared_phone' : 'own_phone',
				userAgent: event.request.headers.get('user-agent')
			});
			event.cookies.set(cookie.name, cookie.value, cookie.attributes);
			redirect(303, link(first ? '/beranda?sandi=pertama' : '/beranda', locale));
		})
};
