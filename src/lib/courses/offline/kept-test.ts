/**
 * A test that somebody has begun, kept on their phone: the page with all of its questions, as the
 * server made it for this person. It lies in the person's own database, not among the packs that
 * anybody may read, and goes with it at signing out. The files it names belong to nobody and lie in a
 * cache of their own.
 */
import type { Outbox } from '#lib/platform/outbox/outbox.ts';

const PREFIX = 'tes:';
const FILES = 'rembuk-berkas-tes';

export interface KeptTest {
	/** Of the test, in the language it was begun in: what is opened. */
	readonly path: string;
	readonly title: string;
	readonly testId: string;
	readonly html: string;
	readonly headers: readonly (readonly [string, string])[];
	/** The script it names: that of another build brings another page. */
	readonly script: string;
	/** By the clock of this phone, which only decides when to ask again. */
	readonly keptAt: number;
}

/** Of each test one page, whatever its language. */
const nameOf = (path: string) => PREFIX + path.replace(/^\/en\//, '/');

export function keptTest(outbox: Outbox, path: string): Promise<KeptTest | undefined> {
	return outbox.recall<KeptTest>(nameOf(path));
}

export async function keptTests(outbox: Outbox): Promise<KeptTest[]> {
	const names = await outbox.remembered(PREFIX);
	const tests = await Promise.all(names.map((name) => outbox.recall<KeptTest>(name)));
	return tests.filter((test) => test !== undefined);
}

/** Rejects when the phone is full: then nothing of it is kept. */
export async function keepTest(
	outbox: Outbox,
	test: KeptTest,
	files: readonly string[]
): Promise<void> {
	const cache = await caches.open(FILES);
	for (const file of files) {
		if (!(await caches.match(file))) await cache.add(file);
	}
	// The page last: whoever finds it finds its files.
	await outbox.remember(nameOf(test.path), test);
}

export async function dropTest(outbox: Outbox, path: string): Promise<void> {
	await outbox.forget(nameOf(path));
	if ((await keptTests(outbox)).length === 0) await caches.delete(FILES);
}

/** The page as the server had sent it. */
export function asPage({ html, headers }: KeptTest): Response {
	return new Response(html, { headers: Object.fromEntries(headers) });
}

/** Whether a page may be that of a test, so that no other makes the worker look into a database. */
export const isTestPath = (path: string): boolean =>
	/^\/pelatihan\/[\w-]+\/tes\/(?:awal|akhir)$/.test(path);
