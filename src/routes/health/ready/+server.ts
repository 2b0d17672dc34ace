import { isReady } from '#lib/platform/server/readiness.ts';
import type { RequestHandler } from './$types';

/** The process can do its work: it can write, its disk has room, it is not shutting down. */
export const GET: RequestHandler = async ({ locals }) => {
	const ready = await isReady(locals.app);
	return new Response(ready ? 'ready\n' : 'not ready\n', { status: ready ? 200 : 503 });
};
