import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { optionalLine, readForm } from '#lib/platform/form.ts';
import { demoAccounts } from '../../demo/demo.server.ts';
import { link, ownPath } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import { signInFields, signInWith } from './sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const signInForm = v.strictObject({ ...signInFields, next: optionalLine(500) });

export const load: PageServerLoad = ({ locals, url }) => {
	const next = ownPath(url.searchParams.get('lanjut'));
	if (locals.actor) redirect(303, link(next ?? '/beranda', locals.locale));
	return {
		next,
		/** Something was sent after the session had ended, and could not be kept. */
		lost: url.searchParams.has('terlewat'),
		accounts: locals.app.settings.demo ? demoAccounts : []
	};
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { next, ...typed } = readForm(signInForm, form);
			await signInWith(event, typed);
			redirect(303, link(ownPath(next) ?? '/beranda', event.locals.locale));
		})
};
