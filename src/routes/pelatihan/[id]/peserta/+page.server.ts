import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { line, nothing, readForm } from '#lib/platform/form.ts';
import { approve, approveWaiting, decline } from '#lib/trainings/server/joining.ts';
import {
	CODE_MINUTES,
	peopleAtTheDoor,
	resetPassword,
	teamsOf
} from '#lib/trainings/server/people.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import { renewEvery } from '../../refresh.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const SECONDS = 30;

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const { app } = locals;
	const actor = signedIn(locals);
	return {
		waiting: await peopleAtTheDoor(app, actor, params.id),
		declined: await peopleAtTheDoor(app, actor, params.id, 'declined'),
		teams: await teamsOf(app, actor, params.id),
		seconds: SECONDS,
		...renewEvery(SECONDS, event)
	};
};

const personForm = v.strictObject({ person: line(40) });
type Event = RequestEvent<{ id: string }>;

function back({ locals, params }: Event): never {
	redirect(303, link(`/pelatihan/${params.id}/peserta`, locals.locale));
}

const decide = (turn: typeof approve) => (event: Event) =>
	orBackToForm(event, async (form) => {
		const { person } = readForm(personForm, form);
		await turn(event.locals.app, signedIn(event.locals), event.params.id, person);
		back(event);
	});

export const actions: Actions = {
	approve: decide(approve),
	decline: decide(decline),
	approve_all: (event) =>
		orBackToForm(event, async (form) => {
			readForm(nothing, form);
			await approveWaiting(event.locals.app, signedIn(event.locals), event.params.id);
			back(event);
		}),
	/** Answered with the page itself: the code is shown once and stands in no address. */
	reset: (event) =>
		orBackToForm(event, async (form) => {
			const { person } = readForm(personForm, form);
			const { app } = event.locals;
			const reset = await resetPassword(app, signedIn(event.locals), event.params.id, person);
			return { reset: { ...reset, minutes: CODE_MINUTES } };
		})
};
