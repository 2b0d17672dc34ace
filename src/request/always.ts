/**
 * What stands on every answer, whoever gives it: pages and errors (the hooks), files and what the
 * adapter answers by itself (scripts/serve.mjs, which imports this file as it is).
 */
const YEAR_S = 365 * 24 * 3_600;

export function headersOfEverything({ https }: { https: boolean }): Record<string, string> {
	return {
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': 'camera=(self), microphone=(), geolocation=(), interest-cohort=()',
		...(https && { 'strict-transport-security': `max-age=${YEAR_S}; includeSubDomains` })
	};
}
