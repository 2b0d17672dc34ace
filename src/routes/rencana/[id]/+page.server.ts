import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { formatDay, formatInstant } from '#lib/platform/calendar.ts';
import { prose, readForm } from '#lib/platform/form.ts';
import { onlyOwn } from '#lib/people/access.ts';
import { canEdit, canReturn, canSubmit } from '#lib/plans/access.ts';
import { readPlan } from '#lib/plans/server/reading.ts';
import { returnPlan } from '#lib/plans/server/submission.ts';
import { link } from '../../links.ts';
import { orBackToForm } from '../../refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const returnForm = v.strictObject({ note: prose(1_000) });

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, actor, locale } = locals;
	const { plan, contents, note, epoch, isDamaged } = await readPlan(app, actor, params.id);
	const { submittedAt, zone, dueOn } = plan;
	return {
		plan,
		contents,
		note,
		epoch,
		isDamaged,
		/** Their team's; others come from the page of the training and go back there. */
		own: actor?.groupIds.includes(plan.groupId) ?? false,
		due: formatDay(dueOn, locale),
		submittedAt: submittedAt && formatInstant(submittedAt, zone, locale),
		may: {
			edit: canEdit(actor, plan),
			submit: canSubmit(actor, plan),
			return: canReturn(actor, plan)
		}
	};
};

export const actions: Actions = {
	return: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const { note } = readForm(returnForm, form);
			await returnPlan(app, onlyOwn(actor), event.params.id, note);
			redirect(303, link(`/rencana/${event.params.id}`, locale));
		})
};
