import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readForm } from '#lib/platform/form.ts';
import { knock } from '#lib/trainings/server/door.ts';
import { normaliseCode } from '#lib/trainings/training.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const codeForm = v.strictObject({ kode: v.pipe(v.string(), v.maxLength(40)) });

/** `coba`: a code that was tried by its address and did not lead anywhere. */
export const load: PageServerLoad = ({ url }) => ({
	tried: url.searchParams.get('coba')?.slice(0, 40) ?? null
});

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, device, locale } = event.locals;
			const { kode } = readForm(codeForm, form);
			await knock(app, { code: kode, device });
			redirect(303, link(`/gabung/${normaliseCode(kode)}`, locale));
		})
};
