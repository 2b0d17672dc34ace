import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readForm } from '#lib/platform/form.ts';
import { checkCertificate } from '#lib/courses/certificates/server/certificates.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import type { Actions } from './$types';

const numberForm = v.strictObject({ nomor: v.pipe(v.string(), v.maxLength(60)) });

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, device, locale } = event.locals;
			const { nomor: typed } = readForm(numberForm, form);
			const { code } = await checkCertificate(app, { typed, device });
			redirect(303, link(`/sertifikat/${code}`, locale));
		})
};
