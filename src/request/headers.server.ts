import type { RequestEvent } from '@sveltejs/kit';
import { headersOfEverything } from './always.ts';

/** Lessons may be kept by the phone and asked for again: an unchanged one costs 0 bytes. Notebooks may not. */
const MAY_BE_KEPT = /^\/belajar(?!\/(?:catatan|alat\/))(\/|$)/;

/** The same on every page, error and answer. The policy on content stands in svelte.config.js. */
export function securityHeaders(event: RequestEvent, answer: Response): void {
	const always = headersOfEverything({ https: event.locals.app.settings.secureCookies });
	for (const [name, value] of Object.entries(always)) answer.headers.set(name, value);
	if (!answer.headers.has('cache-control')) {
		const kept = event.request.method === 'GET' && MAY_BE_KEPT.test(event.route.id ?? '');
		answer.headers.set('cache-control', kept ? 'private, no-cache' : 'no-store');
	}
}
