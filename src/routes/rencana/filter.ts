/** The address of a page of the list of plans, and back: narrowed to what, and which page. */
import type { PlanFilter } from '#lib/plans/server/followed.ts';
import { planStates, strategies, type PlanState } from '#lib/plans/plan.ts';

/** States as they stand in an address. */
export const stateWords = {
	draft: 'draf',
	submitted: 'diajukan',
	returned: 'dikembalikan'
} satisfies Record<PlanState, string>;

export function filterIn(url: URL): PlanFilter {
	const wanted = (name: string) => url.searchParams.get(name);
	return {
		regionCode: wanted('wilayah'),
		trainingId: wanted('pelatihan'),
		strategy: strategies.find((one) => one === wanted('strategi')) ?? null,
		state: planStates.find((state) => stateWords[state] === wanted('status')) ?? null
	};
}

/** What follows '/rencana'. */
export function queryOf(filter: PlanFilter, page: number): string {
	const query = new URLSearchParams();
	if (filter.regionCode) query.set('wilayah', filter.regionCode);
	if (filter.trainingId) query.set('pelatihan', filter.trainingId);
	if (filter.strategy) query.set('strategi', filter.strategy);
	if (filter.state) query.set('status', stateWords[filter.state]);
	if (page > 1) query.set('halaman', String(page));
	return query.size > 0 ? `?${query}` : '';
}
