import { gzipSync } from 'node:zlib';
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
	const isText = TEXT.test(answer.headers.get('content-type') ?? '');
	const asIs = event.request.method === 'HEAD' || answer.headers.has('content-encoding');
	if (!acceptsGzip(event.request) || !isText || !answer.body || asIs) return answer;
	if (isKnown(event.request, answer)) {
		answer.headers.append('vary', 'accept-encoding');
		return answer;
	}
	const headers = new Headers(answer.headers);
	headers.set('content-encoding', 'gzip');
	headers.append('vary', 'accept-encoding');
	headers.delete('content-length');
	const { status, statusText } = answer;
	return new Response(await compressed(answer, answer.body), { status, statusText, headers });
};

export function acceptsGzip({ headers }: Request): boolean {
	return /\bgzip\b/.test(headers.get('accept-encoding') ?? '');
}

/** Kit will answer 304: it would be compressed for nobody. */
function isKnown({ headers }: Request, answer: Response): boolean {
	const known = headers.get('if-none-match')?.replace(/^W\//, '');
	return known !== undefined && known === answer.headers.get('etag');
}

/**
 * A page is there as a whole: compressed at once it costs a fifth of what a stream does, and less than a
 * fifth of a millisecond. Other texts, an export say, may still be under way.
 */
async function compressed(
	answer: Response,
	body: NonNullable<Response['body']>
): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
	if (!answer.headers.get('content-type')?.startsWith('text/html')) {
		return body.pipeThrough(new CompressionStream('gzip'));
	}
	return gzipSync(await answer.arrayBuffer());
}
