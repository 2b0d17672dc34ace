/** The address of a review page, and back: which place, which part. */
import type { Reading, Wish } from '#lib/feedback/server/reading.ts';

export function wishIn(url: URL): Wish {
	return {
		trainingId: url.searchParams.get('pelatihan'),
		regionCode: url.searchParams.get('wilayah'),
		only: url.searchParams.get('bagian')
	};
}

/** The file with the numbers of a page. */
export function exportPath({ place, only }: Pick<Reading, 'place' | 'only'>): string {
	const query = new URLSearchParams();
	if (place.kind === 'training') query.set('pelatihan', place.id);
	if (place.kind === 'region') query.set('wilayah', place.code);
	if (only) query.set('bagian', only);
	return `/tinjau/ekspor.csv?${query}`;
}
