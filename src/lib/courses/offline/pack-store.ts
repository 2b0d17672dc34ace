/**
 * The packs that this phone keeps, in Cache Storage: one cache per version of a pack, named after it.
 *
 * A file is put there only after its bytes were checked, so half a pack can be read and continued. A
 * pack counts as saved when its last file is in; only then the version before it is removed. Nothing
 * in here belongs to anybody: all of it may be read by the next person who holds the phone.
 */
import type { Pack, PackFile } from '../pack.ts';

const PREFIX = 'rembuk-paket';
/** Within a cache: says that everything is there, and what it is. */
const COMPLETE = '/paket/lengkap';
/** On each kept file: the checked hash of its bytes. */
const CHECKED = 'x-rembuk-sha256';
const AT_ONCE = 4;

export type SavedPack = Pick<Pack, 'name' | 'language' | 'edition' | 'version'>;

/** The server sent other bytes than it had announced: it was renewed meanwhile, or somebody sits in between. */
export class NotTheSameBytes extends Error {}

/** Whether this browser can keep packs: not over plain http, not in some private windows. */
export function canKeepPacks(): boolean {
	return 'caches' in globalThis && globalThis.isSecureContext && 'serviceWorker' in navigator;
}

const cacheName = ({ language, name, version }: SavedPack) =>
	[PREFIX, language, name, version].join(' ');

/** Those that are saved as a whole, in every language. */
export async function savedPacks(): Promise<SavedPack[]> {
	const marks = (await packCaches()).map(async (name) => {
		const mark = await (await caches.open(name)).match(COMPLETE);
		return mark ? [(await mark.json()) as SavedPack] : [];
	});
	return (await Promise.all(marks)).flat();
}

/** The files of a pack that this phone would still have to fetch. */
export async function missingFiles(pack: Pack): Promise<PackFile[]> {
	const found = await Promise.all(pack.files.map((file) => keptCopy(file)));
	return pack.files.filter((_, at) => !found[at]);
}

export interface Saving {
	/** Called after each file that had to be fetched. */
	readonly onFetched?: (file: PackFile) => void;
}

/**
 * Saves a pack, or what is missing of it. Throws `NotTheSameBytes`, a `QuotaExceededError` when the
 * phone is full, or what `fetch` throws when the signal is gone; what was kept by then stays.
 */
export async function savePack(pack: Pack, saving: Saving = {}): Promise<void> {
	const cache = await caches.open(cacheName(pack));
	const waiting = [...pack.files];
	const work = async () => {
		for (let file = waiting.shift(); file; file = waiting.shift()) {
			await keep(cache, file, saving);
		}
	};
	// Whoever hears that it failed hears nothing more afterwards: the others finish what they hold.
	const ends = await Promise.allSettled(
		Array.from({ length: AT_ONCE }, () =>
			work().catch((thrown: unknown) => {
				waiting.length = 0;
				throw thrown;
			})
		)
	);
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
	const { name, language, edition, version } = pack;
	const mark: SavedPack = { name, language, edition, version };
	await cache.put(COMPLETE, new Response(JSON.stringify(mark)));
	await removeOthers(pack);
}

export async function removePack({ name, language }: SavedPack): Promise<void> {
	await removeOthers({ name, language, edition: '', version: '' });
}

/** What is kept of this address, by whichever pack. */
export async function keptAt(url: string): Promise<Response | undefined> {
	return caches.match(url);
}

async function keep(cache: Cache, file: PackFile, { onFetched }: Saving): Promise<void> {
	const here = await cache.match(file.url);
	if (here?.headers.get(CHECKED) === file.sha256) return;
	const elsewhere = await keptCopy(file);
	if (elsewhere) return cache.put(file.url, elsewhere);
	await cache.put(file.url, await fetchChecked(file));
	onFetched?.(file);
}

async function keptCopy(file: PackFile): Promise<Response | null> {
	for (const name of await packCaches()) {
		const kept = await (await caches.open(name)).match(file.url);
		if (kept?.headers.get(CHECKED) === file.sha256) return kept;
	}
	return null;
}

/** On a weak signal a request may hang for ever; a file of a few kilobytes never takes this long. */
const LONGEST_FETCH_MS = 45_000;

async function fetchChecked(file: PackFile): Promise<Response> {
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(), LONGEST_FETCH_MS);
	try {
		return await fetchWithin(file, limit.signal);
	} finally {
		clearTimeout(timer);
	}
}

async function fetchWithin(file: PackFile, signal: AbortSignal): Promise<Response> {
	// Pages go past the browser's own cache, which would keep them a second time.
	const cache = file.url.startsWith('/_app/') ? 'default' : 'no-store';
	const answer = await fetch(file.url, { cache, redirect: 'error', signal });
	if (!answer.ok) throw new TypeError(`${file.url}: ${answer.status}`);
	const bytes = await answer.arrayBuffer();
	if ((await sha256(bytes)) !== file.sha256) throw new NotTheSameBytes(file.url);
	const headers = new Headers(answer.headers);
	for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
	headers.set(CHECKED, file.sha256);
	return new Response(bytes, { headers });
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function packCaches(): Promise<string[]> {
	return (await caches.keys()).filter((name) => name.startsWith(`${PREFIX} `));
}

/** Every version of this pack but the one that was just completed. */
async function removeOthers(pack: SavedPack): Promise<void> {
	const own = [PREFIX, pack.language, pack.name, ''].join(' ');
	const others = (await packCaches()).filter(
		(name) => name.startsWith(own) && name !== cacheName(pack)
	);
	await Promise.all(others.map((name) => caches.delete(name)));
}
