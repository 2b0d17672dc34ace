import type { RequestEvent } from '@sveltejs/kit';

const ALWAYS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(self), microphone=(), geolocation=(), interest-cohort=()'
};
const YEAR_S = 365 * 24 * 3_600;

/** Lessons may be kept by the phone and asked for again: an unchanged one costs 0 bytes. */
const MAY_BE_KEPT = /^\/belajar(\/|$)/;

/** The same on every page, error and answer. The policy on content stands in svelte.config.js. */
export function securityHeaders(event: RequestEvent, answer: Response): void {
	for (const [name, value] of Object.entries(ALWAYS)) answer.headers.set(name, value);
	if (event.locals.app.settings.secureCookies) {
		answer.headers.set('strict-transport-security', `max-age=${YEAR_S}; includeSubDomains`);
	}
	if (!answer.headers.has('cache-control')) {
		const kept = event.request.method === 'GET' && MAY_BE_KEPT.test(event.route.id ?? '');
		answer.headers.set('cache-control', kept ? 'private, no-cache' : 'no-store');
	}
}
