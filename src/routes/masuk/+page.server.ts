import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { checkbox, optionalLine, readForm, secret } from '#lib/platform/form.ts';
import { signIn } from '#lib/people/server/accounts.ts';
import { demoAccounts } from '../../demo/demo.server.ts';
import { addressOf } from '../../request/address.server.ts';
import { link, ownPath } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const signInForm = v.strictObject({
	username: v.pipe(v.string(), v.maxLength(80)),
	password: secret,
	shared: checkbox,
	next: optionalLine(500)
});

export const load: PageServerLoad = ({ locals, url }) => {
	const next = ownPath(url.searchParams.get('lanjut'));
	if (locals.actor) redirect(303, link(next ?? '/beranda', locals.locale));
	return { next, accounts: locals.app.settings.demo ? demoAccounts : [] };
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, device, locale } = event.locals;
			const typed = readForm(signInForm, form);
			const { cookie } = await signIn(app, {
				username: typed.username,
				password: typed.password,
				sharedPhone: typed.shared ?? false,
				device,
				address: addressOf(event),
				userAgent: event.request.headers.get('user-agent')
			});
			event.cookies.set(cookie.name, cookie.value, cookie.attributes);
			redirect(303, link(ownPath(typed.next) ?? '/beranda', locale));
		})
};
