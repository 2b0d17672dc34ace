import { redirect } from '@sveltejs/kit';
import { GO_TO } from '#lib/feedback/answers.ts';
import { readFormPage, savePart } from '#lib/feedback/server/filling-in.ts';
import { link } from '../../links.ts';
import { orBackToForm } from '../../refusals.ts';
import { draftKeyIn, keepDraftKey } from './draft-cookie.server.ts';
import type { Actions, PageServerLoad } from './$types';

const buttons: Readonly<Record<string, 'back' | 'hand in'>> = {
	kembali: 'back',
	kirim: 'hand in'
};

export const load: PageServerLoad = async ({ locals, params, url, cookies }) => {
	const { invitation, started, page } = await readFormPage(locals.app, locals.actor, {
		trainingId: params.pelatihan,
		draftKey: draftKeyIn(cookies),
		part: url.searchParams.get('bagian'),
		check: url.searchParams.has('periksa')
	});
	const { training, state, parts, instrument } = invitation;
	return { training, state, title: instrument.title, total: parts.length, started, page };
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const trainingId = event.params.pelatihan;
			const where = await savePart(app, actor, {
				trainingId,
				draftKey: keepDraftKey(event.cookies, app.settings.secureCookies),
				part: event.url.searchParams.get('bagian'),
				form,
				to: buttons[String(form.get(GO_TO))] ?? 'next'
			});
			const path = `/umpan-balik/${trainingId}`;
			if (where === 'handed in') redirect(303, link(`${path}/terkirim`, locale));
			const check = where.check ? '&periksa=1' : '';
			redirect(303, link(`${path}?bagian=${where.part}${check}`, locale));
		})
};
