import { formatDay } from '#lib/platform/calendar.ts';
import { plansFor } from '#lib/plans/server/plans.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const plans = await plansFor(locals.app, locals.actor);
	const groups = Map.groupBy(plans, (plan) => plan.groupId);
	return {
		groups: [...groups.values()].flatMap((own) => {
			const [first] = own;
			if (!first) return [];
			return [
				{
					id: first.groupId,
					name: first.groupName,
					training: first.trainingTitle,
					plans: own.map(({ id, strategy, state, dueOn }) => ({
						id,
						strategy,
						state,
						due: formatDay(dueOn, locals.locale)
					}))
				}
			];
		})
	};
};
