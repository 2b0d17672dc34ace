/** Keeps the test that is being taken on the phone, so that it can be gone on with without a signal. */
import { keepTest, keptTest } from '../offline/kept-test.ts';
import { registerWorker } from '../offline/worker.ts';
import type { Courier } from './courier.ts';

/** All questions on one page, as the server knows it. */
const WHOLE = '?bagian=semua';

const HOUR_MS = 3_600_000;

/** In the page that is kept: what the server shows now may be another. */
const KEPT = 'data-test-kept';

export const isKeptCopy = (root: HTMLElement): boolean => root.querySelector(`[${KEPT}]`) !== null;

interface Begun {
	readonly path: string;
	readonly title: string;
	readonly testId: string;
}

/**
 * True when it is on the phone. Whatever goes wrong, the page that is open works on, and it is tried
 * again with the next one: no signal, no room, no such browser.
 */
export async function keepThisTest(courier: Courier, test: Begun): Promise<boolean> {
	if (isKeptCopy(courier.page.root)) return true;
	return canKeep() && keepWhenOld(courier, test).catch(() => false);
}

const canKeep = () =>
	'caches' in globalThis && globalThis.isSecureContext && 'serviceWorker' in navigator;

async function keepWhenOld({ outbox }: Courier, test: Begun): Promise<boolean> {
	const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src ?? '';
	const known = await keptTest(outbox, test.path);
	const age = known ? Math.abs(Date.now() - known.keptAt) : Infinity;
	const same = known?.testId === test.testId && known.path === test.path;
	if (same && known.script === script && age < HOUR_MS) return true;
	await registerWorker();
	const answer = await fetch(test.path + WHOLE, { redirect: 'error', cache: 'no-store' });
	if (!answer.ok) return false;
	const html = (await answer.text()).replace('data-test-path=', `${KEPT} data-test-path=`);
	// Handed in or closed meanwhile: then that page is another one.
	if (!html.includes('data-test-whole')) return false;
	const headers = [...answer.headers].filter(([name]) => !OF_THE_WAY.has(name));
	await keepTest(outbox, { ...test, html, headers, script, keptAt: Date.now() }, filesOf(html));
	return true;
}

/** Says how it travelled, not what it is. */
const OF_THE_WAY = new Set(['content-encoding', 'content-length', 'vary', 'date', 'etag']);

const ADDRESS = /<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"/g;

/** What the page names, and what its script has loaded by itself. */
function filesOf(html: string): string[] {
	const named = [...html.matchAll(ADDRESS)].map(([, address = '']) => address);
	const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
	const paths = [...named, ...loaded].map((address) => new URL(address, location.href));
	const ours = paths.filter(
		({ origin, pathname }) =>
			origin === location.origin &&
			(pathname.startsWith('/_app/immutable/') || pathname === '/favicon.svg')
	);
	return [...new Set(ours.map(({ pathname }) => pathname))];
}
