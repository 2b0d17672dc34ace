/** The address of a page of the list of trainings, and back. */
import type { TrainingFilter } from '#lib/trainings/server/training-list.ts';
import { phases, type Phase } from '#lib/trainings/training.ts';

/** Phases as they stand in an address. */
export const phaseWords = {
	before: 'sebelum',
	during: 'selama',
	after: 'sesudah'
} satisfies Record<Phase, string>;

export function filterIn(url: URL): TrainingFilter {
	return {
		regionCode: url.searchParams.get('wilayah'),
		phase: phases.find((phase) => phaseWords[phase] === url.searchParams.get('status')) ?? null
	};
}

/** What follows '/pelatihan'. */
export function queryOf({ regionCode, phase }: TrainingFilter, page: number): string {
	const query = new URLSearchParams();
	if (regionCode) query.set('wilayah', regionCode);
	if (phase) query.set('status', phaseWords[phase]);
	if (page > 1) query.set('halaman', String(page));
	return query.size > 0 ? `?${query}` : '';
}
