import { dayIn } from '#lib/platform/calendar.ts';
import { readPlan } from '#lib/plans/server/reading.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { plan, contents, team } = await readPlan(locals.app, locals.actor, params.id);
	return {
		planId: plan.id,
		contents,
		sheet: {
			strategy: plan.strategy,
			training: plan.trainingTitle,
			village: `${plan.regionName} (${plan.regionCode})`,
			library: plan.library,
			team,
			on: plan.submittedAt && dayIn(plan.zone, plan.submittedAt),
			dueOn: plan.dueOn,
			version: plan.version
		}
	};
};
