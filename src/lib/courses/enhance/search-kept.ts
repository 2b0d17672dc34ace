/**
 * Search without a signal, over what this phone has saved. The page of the search is kept without any
 * hits; here the script finds them, with the same stems as the server.
 */
import type { CoursePage } from './enhancer.ts';

export async function searchWhatIsKept(page: CoursePage): Promise<void> {
	const place = page.root.querySelector<HTMLElement>('[data-search]');
	const query = new URLSearchParams(location.search).get('q')?.trim() ?? '';
	if (!place || !page.impersonal || query === '') return;
	const { showHits } = await import('./search-hits.ts');
	await showHits(page, place, query);
}
