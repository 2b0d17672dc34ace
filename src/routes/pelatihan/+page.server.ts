import { trainingAccess } from '#lib/trainings/access.ts';
import { phaseAt } from '#lib/trainings/training.ts';
import { listTrainings } from '#lib/trainings/server/training-list.ts';
import { filterIn } from './filter.ts';
import { signedIn } from './signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const wanted = url.searchParams.get('halaman');
	const { trainings, ...list } = await listTrainings(app, actor, filterIn(url), wanted);
	return {
		...list,
		trainings: trainings.map(({ id, title, place, startsOn, endsOn, planDueOn, zone }) => ({
			id,
			title,
			place,
			startsOn,
			endsOn,
			planDueOn,
			phase: phaseAt({ startsOn, endsOn, zone }, app.now())
		})),
		mayCreate: trainingAccess.mayEver(actor, 'manage')
	};
};
