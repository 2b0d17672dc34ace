import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { line, readForm } from '#lib/platform/form.ts';
import { villagesOf } from '#lib/people/server/regions.ts';
import { createGroup, groupsOf, moveMember } from '#lib/trainings/server/groups.ts';
import { teamsOf } from '#lib/trainings/server/people.ts';
import { allowedIn, findTraining } from '#lib/trainings/server/trainings.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const { run } = allowedIn(actor, training);
	return {
		teams: await teamsOf(app, actor, params.id),
		groups: await groupsOf(app, actor, params.id),
		villages: run ? await villagesOf(app, training.regionCode) : []
	};
};

const moveForm = v.strictObject({ person: line(40), group: line(40) });
const formForm = v.strictObject({ village: line(20) });

type Event = RequestEvent<{ id: string }>;

function back({ locals, params }: Event): never {
	redirect(303, link(`/pelatihan/${params.id}/kelompok`, locals.locale));
}

export const actions: Actions = {
	move: (event) =>
		orBackToForm(event, async (form) => {
			const { person, group } = readForm(moveForm, form);
			const move = { userId: person, groupId: group };
			await moveMember(event.locals.app, signedIn(event.locals), event.params.id, move);
			back(event);
		}),
	form: (event) =>
		orBackToForm(event, async (form) => {
			const { village } = readForm(formForm, form);
			await createGroup(event.locals.app, signedIn(event.locals), event.params.id, village);
			back(event);
		})
};
