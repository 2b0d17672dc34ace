import { redirect } from '@sveltejs/kit';
import { formatDay } from '#lib/platform/calendar.ts';
import { nothing, readForm } from '#lib/platform/form.ts';
import { onlyOwn } from '#lib/people/access.ts';
import { canSubmit } from '#lib/plans/access.ts';
import { lateIn, missingIn } from '#lib/plans/contents.ts';
import { readPlan } from '#lib/plans/server/reading.ts';
import { submitPlan } from '#lib/plans/server/submission.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, actor, locale } = locals;
	const { plan, contents, tooLong } = await readPlan(app, actor, params.id);
	if (!canSubmit(actor, plan)) redirect(303, link(`/rencana/${plan.id}`, locale));
	return {
		plan,
		count: contents.activities.length,
		missing: missingIn(contents),
		tooLong,
		late: lateIn(contents, plan.dueOn),
		due: formatDay(plan.dueOn, locale)
	};
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			readForm(nothing, form);
			await submitPlan(app, onlyOwn(actor), event.params.id);
			redirect(303, link(`/rencana/${event.params.id}`, locale));
		})
};
