import type { Handle } from '@sveltejs/kit/hooks';

const TEXT = /^(text\/|application\/(json|javascript|manifest)|image\/svg)/;

/**
 * The adapter compresses files, never pages: here they are.
 *
 * The etag stays as Kit made it: Kit compares it after this hook, and a weakened
 * one would never answer 304.
 */
export const compress: Handle = async ({ event, resolve }) => {
	const answer = await resolve(event);
	const accepts = /\bgzip\b/.test(event.request.headers.get('accept-encoding') ?? '');
	const isText = TEXT.test(answer.headers.get('content-type') ?? '');
	const asIs = event.request.method === 'HEAD' || answer.headers.has('content-encoding');
	if (!accepts || !isText || !answer.body || asIs) return answer;
	const headers = new Headers(answer.headers);
	headers.set('content-encoding', 'gzip');
	headers.append('vary', 'accept-encoding');
	headers.delete('content-length');
	const { status, statusText } = answer;
	const body = answer.body.pipeThrough(new CompressionStream('gzip'));
	return new Response(body, { status, statusText, headers });
};
