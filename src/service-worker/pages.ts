/** Which kept page stands for an address, and whether the server need be asked at all. */
import { keptAt } from '#lib/courses/offline/pack-store.ts';
import { asPage, isTestPath, keptTest, keptTests } from '#lib/courses/offline/kept-test.ts';
import { holderHere } from '#lib/people/holder.ts';
import type { Outbox } from '#lib/platform/outbox/outbox.ts';
import { impersonal, localeOf, pagePath } from '../routes/links.ts';
import { openOwn } from './queues.ts';

/** Pages on which the server knows more than any phone: asked first, kept ones only help out. */
const SERVER_FIRST = new Set([
	'/belajar',
	'/belajar/simpan',
	'/belajar/cari',
	'/belajar/catatan',
	'/hadir'
]);
const SEARCH = '/belajar/cari';

export interface KeptPage {
	readonly page: Response;
	/** As good as what the server would send. */
	readonly enough: boolean;
	/** How long it waits for a newer one from the server, in milliseconds. */
	readonly patienceMs: number;
}

const PATIENCE_MS = 3_000;
/** A test goes on where it was: the server's page is worth waiting for. */
const PATIENCE_IN_TEST_MS = 8_000;

export async function keptPage({ pathname, search }: URL): Promise<KeptPage | null> {
	const path = pagePath(pathname);
	if (isTestPath(path)) return ownTestPage(pathname, path);
	// What follows a question mark is the answer to something, but for a search: the phone can do that.
	if (search !== '' && path !== SEARCH) return null;
	const page = await keptAt(impersonal(path, localeOf(pathname)));
	if (!page) return null;
	const enough = !SERVER_FIRST.has(path) && (await holderHere()) !== null;
	return { page, enough, patienceMs: PATIENCE_MS };
}

/** Out of the database of whoever holds this phone, and of nobody else. */
async function ownTestPage(address: string, path: string): Promise<KeptPage | null> {
	const test = await ofHolder((outbox) => keptTest(outbox, path));
	if (!test) return null;
	// It was kept in one language; the other one leads there.
	const page = test.path === address ? asPage(test) : Response.redirect(test.path, 302);
	return { page, enough: false, patienceMs: PATIENCE_IN_TEST_MS };
}

async function ofHolder<T>(look: (outbox: Outbox) => Promise<T>): Promise<T | null> {
	const holder = await holderHere();
	const outbox = holder === null ? null : await openOwn(holder);
	if (!outbox) return null;
	try {
		return await look(outbox);
	} finally {
		outbox.close();
	}
}

/**
 * What can be shown instead of a page that is not kept. Whoever scans the code of attendance without
 * a signal gets the form for it: what follows the question mark is filled in by the page's script.
 */
export async function offlinePage({ pathname }: URL): Promise<Response | null> {
	const locale = localeOf(pathname);
	const other = locale === 'id' ? 'en' : 'id';
	const form = pagePath(pathname) === '/hadir' ? await keptAt(impersonal('/hadir', locale)) : null;
	return (
		form ??
		(await keptAt(impersonal('/belajar/simpan', locale))) ??
		(await keptAt(impersonal('/belajar/simpan', other))) ??
		(await toOwnTest(pathname))
	);
}

/** Whoever has saved nothing but has begun a test can at least go on with that. */
async function toOwnTest(from: string): Promise<Response | null> {
	const [test] = (await ofHolder(keptTests)) ?? [];
	return test && test.path !== from ? Response.redirect(test.path, 302) : null;
}
