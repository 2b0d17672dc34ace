import type { RequestEvent } from '@sveltejs/kit';

type Event = Pick<RequestEvent, 'url' | 'request' | 'setHeaders'>;

/** In the address: the person has asked the page to keep still. */
export const STILL = 'diam';

/**
 * A list that renews itself without a script, unless the person has asked it to
 * keep still (WCAG 2.2.1). What answers a form is never taken away.
 */
export function renewEvery(seconds: number, event: Event): { still: boolean } {
	const still = event.url.searchParams.has(STILL);
	if (!still && event.request.method === 'GET') event.setHeaders({ refresh: String(seconds) });
	return { still };
}
