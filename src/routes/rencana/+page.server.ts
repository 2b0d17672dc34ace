import { formatDay } from '#lib/platform/calendar.ts';
import { isStaff } from '#lib/people/actor.ts';
import { followedPlans } from '#lib/plans/server/followed.ts';
import type { Plan } from '#lib/plans/server/plans.ts';
import { signedIn } from '../pelatihan/signed-in.ts';
import { filterIn } from './filter.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, locale } = locals;
	const actor = signedIn(locals);
	const wanted = url.searchParams.get('halaman');
	const found = await followedPlans(app, actor, filterIn(url), wanted);
	const { choices, filter, counts, page } = found;
	const days = (own: readonly Plan[]) => [...new Set(own.map(({ dueOn }) => dueOn))].sort();
	return {
		/** Null for who has nothing but the plans of the own teams. */
		following: isStaff(actor.grants) ? { choices, filter, counts } : null,
		page,
		groups: found.teams.flatMap((own) => {
			const [first] = own;
			if (!first) return [];
			return [
				{
					id: first.groupId,
					name: first.groupName,
					training: { id: first.trainingId, title: first.trainingTitle },
					dues: days(own).map((day) => formatDay(day, locale)),
					plans: own.map(({ id, strategy, state, dueOn }) => ({
						id,
						strategy,
						state,
						due: formatDay(dueOn, locale)
					}))
				}
			];
		})
	};
};
