import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/platform/refusal.ts';
import { createTraining, regionsToManage } from '#lib/trainings/server/trainings.ts';
import { link } from '../../links.ts';
import { orBackToForm } from '../../refusals.ts';
import { signedIn } from '../signed-in.ts';
import { termsIn } from '../training-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const regions = await regionsToManage(locals.app, signedIn(locals));
	if (regions.length === 0) throw new Refusal('forbidden', 'trainings_refused_forbidden');
	return { regions };
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { id } = await createTraining(app, signedIn(event.locals), termsIn(form));
			redirect(303, link(`/pelatihan/${id}`, locale));
		})
};
