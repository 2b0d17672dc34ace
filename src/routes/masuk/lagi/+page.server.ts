import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readForm, type Typed } from '#lib/platform/form.ts';
import { besideSeal, keptFor, SEALED, sealOf } from '../../../request/kept-form.server.ts';
import { link } from '../../links.ts';
import { formIn, orBackToForm } from '../../refusals.ts';
import { signInFields, signInWith } from '../sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const againForm = v.strictObject(signInFields);

/** There is nothing to see without a form that waits. */
export const load: PageServerLoad = ({ locals, request }) => {
	if (request.method !== 'POST') redirect(303, link('/masuk', locals.locale));
};

export const actions: Actions = {
	/** A form of another page, sent on here by `askToSignIn`. */
	simpan: async (event) => {
		const form = await formIn(event);
		const sealed = form && (await sealOf(event, form));
		if (!sealed) redirect(303, link('/masuk?terlewat', event.locals.locale));
		const typed: Typed = { [SEALED]: sealed };
		return fail(401, { refusal: '', fields: [], typed });
	},
	masuk: (event) =>
		orBackToForm(event, async (form) => {
			const { userId } = await signInWith(event, readForm(againForm, besideSeal(form)));
			const kept = keptFor(event, form.get(SEALED), userId);
			// The browser sends this very form on: what stands in it beside the seal is not read there.
			if (kept) redirect(307, kept.address);
			redirect(303, link('/beranda', event.locals.locale));
		})
};
