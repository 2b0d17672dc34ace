import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { line, readForm, secret } from '#lib/platform/form.ts';
import {
	assignFacilitator,
	dismissFacilitator,
	facilitatorsOf
} from '#lib/trainings/server/facilitators.ts';
import { slotsOf } from '#lib/trainings/server/agenda.ts';
import { editTraining, unattended } from '#lib/trainings/server/editing.ts';
import { findTraining, regionsToManage } from '#lib/trainings/server/trainings.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import { signedIn } from '../../signed-in.ts';
import { termsIn } from '../../training-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	await findTraining(app.db.read, actor, params.id, 'manage');
	const movable = await unattended(app.db.read, params.id);
	return {
		/** The days of the sessions that can move along, in order. */
		sessionDays: movable.map(({ onDay }) => onDay),
		attended: (await slotsOf(app.db.read, params.id)).length - movable.length,
		regions: await regionsToManage(app, actor),
		facilitators: await facilitatorsOf(app, actor, params.id)
	};
};

const assignForm = v.strictObject({ username: line(80), password: secret });
const personForm = v.strictObject({ person: line(40) });

export const actions: Actions = {
	edit: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { id } = event.params;
			const { outside } = await editTraining(app, signedIn(event.locals), id, termsIn(form));
			// Whoever left sessions behind sees which, and can put them right.
			redirect(303, link(`/pelatihan/${id}${outside > 0 ? '/agenda' : ''}`, locale));
		}),
	assign: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { username, password } = readForm(assignForm, form);
			await assignFacilitator(app, signedIn(event.locals), event.params.id, {
				username,
				ownPassword: password
			});
			redirect(303, link(`/pelatihan/${event.params.id}/ubah#fasilitator`, locale));
		}),
	dismiss: (event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { person } = readForm(personForm, form);
			await dismissFacilitator(app, signedIn(event.locals), event.params.id, person);
			redirect(303, link(`/pelatihan/${event.params.id}/ubah#fasilitator`, locale));
		})
};
