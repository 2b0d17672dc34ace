/** The address of a review page, and back: which place, which part. */
import type { Reading, Wish } from '#lib/feedback/server/reading.ts';

export function wishIn(url: URL): Wish {
	return {
		trainingId: url.searchParams.get('pelatihan'),
		regionCode: url.searchParams.get('wilayah'),
		only: url.searchParams.get('bagian')
	};
}

type Shown = Pick<Reading, 'place' | 'only'>;

/** The file with the numbers of a page. */
export const exportPath = (shown: Shown) => `/tinjau/ekspor.csv?${queryOf(shown)}`;

/** The same page with another part of its table of trainings. */
export function tablePath(shown: Shown | null, page: number): string {
	const query = shown ? queryOf(shown) : new URLSearchParams();
	query.set('halaman', String(page));
	return `/tinjau?${query}`;
}

function queryOf({ place, only }: Shown): URLSearchParams {
	const query = new URLSearchParams();
	if (place.kind === 'training') query.set('pelatihan', place.id);
	if (place.kind === 'region') query.set('wilayah', place.code);
	if (only) query.set('bagian', only);
	return query;
}
