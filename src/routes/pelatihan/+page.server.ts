import { dayIn } from '#lib/platform/calendar.ts';
import { trainingAccess } from '#lib/trainings/access.ts';
import { phaseOn } from '#lib/trainings/training.ts';
import { trainingsOf } from '#lib/trainings/server/trainings.ts';
import { signedIn } from './signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const trainings = await trainingsOf(app, actor);
	return {
		trainings: trainings.map(({ id, title, place, startsOn, endsOn, planDueOn, zone }) => ({
			id,
			title,
			place,
			startsOn,
			endsOn,
			planDueOn,
			phase: phaseOn({ startsOn, endsOn }, dayIn(zone, app.now()))
		})),
		mayCreate: trainingAccess.mayEver(actor, 'manage')
	};
};
