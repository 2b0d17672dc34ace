/**
 * Answers for the server when there is no signal, out of the packs that this phone keeps.
 *
 * It never keeps anything by itself: packs are saved by a tap (courses/offline/pack-store.ts), and a
 * page that is somebody's is never among them. A test that was begun lies in the database of its
 * person (courses/offline/kept-test.ts). Registered as a classic script: it has no imports.
 */
import { keptPage, offlinePage } from './pages.ts';
import { TAKE_OVER } from '#lib/courses/offline/take-over.ts';
import { sendQueues } from './queues.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('install', (event) => {
	// The first one keeps nobody waiting. A newer one waits until a person says so on a page, or until
	// no page is open: none changes its helper in the middle of something.
	if (!worker.registration.active) event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('message', (event) => {
	if (event.data === TAKE_OVER) event.waitUntil(worker.skipWaiting());
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

async function page(request: Request, url: URL): Promise<Response> {
	const kept = await keptPage(url);
	if (kept?.enough && !isReload(request)) return kept.page;
	try {
		const fresh = fetch(request);
		// Whatever comes of it after we have lost patience.
		fresh.catch(() => {});
		const answer = await (kept ? Promise.race([fresh, later(kept.patienceMs)]) : fresh);
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
