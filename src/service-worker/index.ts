/**
 * Answers for the server when there is no signal, out of the packs that this phone keeps.
 *
 * It never keeps anything by itself: packs are saved by a tap (courses/offline/pack-store.ts), and a
 * page that is somebody's is never among them. Registered as a classic script: it has no imports.
 */
import { keptPage, offlinePage } from './pages.ts';
import { isAnythingUnsent, sendQueues } from './queues.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('install', (event) => {
	// A newer worker waits its turn while something is unsent.
	const takeOver = async () => {
		if (!(await isAnythingUnsent())) await worker.skipWaiting();
	};
	event.waitUntil(takeOver());
});

interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
}

worker.addEventListener('sync' as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
	const sync = event as SyncEvent;
	if (sync.tag === 'kiriman') sync.waitUntil(sendQueues());
});

worker.addEventListener('activate', (event) => {
	// The pages that are open may use what was just saved.
	event.waitUntil(worker.clients.claim());
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (request.mode === 'navigate') event.respondWith(page(request, url));
	else if (isFile(url)) event.respondWith(file(request));
});

const isFile = ({ pathname }: URL) =>
	pathname.startsWith('/_app/immutable/') || pathname === '/favicon.svg';

/** A file is named after its contents, so a kept one is as good as a fetched one. */
async function file(request: Request): Promise<Response> {
	return (await caches.match(request.url)) ?? fetch(request);
}

/** How long a page that is kept waits for a newer one from the server, in milliseconds. */
const PATIENCE_MS = 3_000;

async function page(request: Request, url: URL): Promise<Response> {
	const kept = await keptPage(url);
	if (kept?.enough && !isReload(request)) return kept.page;
	try {
		const fresh = fetch(request);
		// Whatever comes of it after we have lost patience.
		fresh.catch(() => {});
		const answer = await (kept ? Promise.race([fresh, later(PATIENCE_MS)]) : fresh);
		if (kept && (!answer || answer.status >= 500)) return kept.page;
		return answer ?? fresh;
	} catch (thrown) {
		const instead = kept?.page ?? (await offlinePage(url));
		if (instead) return instead;
		throw thrown;
	}
}

/** Somebody who asks for the page again wants the server's. */
const isReload = ({ cache }: Request) => cache === 'reload' || cache === 'no-cache';

const later = (ms: number) =>
	new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms));
