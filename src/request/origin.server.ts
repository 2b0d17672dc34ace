const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether another site makes this browser ask for a change. Kit checks forms
 * only; this covers every method and content type. The CSP report is exempt
 * below because browsers send it without an origin.
 */
export function isForeign(request: Request, url: URL): boolean {
	if (SAFE.has(request.method) || url.pathname === '/csp-laporan') return false;
	const site = request.headers.get('sec-fetch-site');
	if (site && site !== 'same-origin' && site !== 'none') return true;
	const origin = request.headers.get('origin');
	if (origin === null) return true;
	return !URL.canParse(origin) || new URL(origin).host !== url.host;
}

export function refuseForeign(): Response {
	return new Response('Permintaan dari situs lain ditolak. / Refused: sent by another site.\n', {
		status: 403,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
}
