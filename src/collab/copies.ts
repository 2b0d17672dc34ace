/**
 * The copies of shared documents that a phone keeps (IndexedDB): one for each person, document and
 * epoch, so that what was written without signal is there tomorrow.
 *
 * A copy that may not be merged any more is set aside under another name: nothing writes into it
 * again and nothing of it is sent; its owner is shown it, takes out what is still needed, and
 * removes it (SPEC [EPO3]).
 */
import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import { applyUpdate, decodeStateVector, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';

export interface CopyOf {
	readonly userId: string;
	readonly documentId: string;
	readonly epoch: number;
}

export interface OldCopy {
	/** The epoch in which it was written. */
	readonly epoch: number;
	readonly doc: Doc;
	/** Throws it away for good. */
	remove(): Promise<void>;
}

const PREFIX = 'rembuk';
const ASIDE = 'aside';
/** Another tab that still writes would hold a removal up; nobody must hang on it. */
const REMOVE_MS = 3000;

const liveName = ({ userId, documentId, epoch }: CopyOf): string =>
	[PREFIX, userId, documentId, epoch].join(':');
const asideName = ({ userId, documentId, epoch }: CopyOf): string =>
	[PREFIX, userId, documentId, ASIDE, epoch].join(':');

/** Null where there is no place to keep one, as in a private window. */
export function openCopy(of: CopyOf, doc: Doc): IndexeddbPersistence | null {
	return typeof indexedDB === 'undefined' ? null : new IndexeddbPersistence(liveName(of), doc);
}

/**
 * Moves what `doc` holds aside, and removes the copy it was kept in: close that first.
 *
 * What was set aside before of the same epoch stays beside it. Rejects when the phone has no room
 * for it; then everything stays where it was.
 */
export async function setAside(of: CopyOf, doc: Doc): Promise<void> {
	if (typeof indexedDB === 'undefined') return;
	const kept = new Doc();
	applyUpdate(kept, encodeStateAsUpdate(doc));
	const aside = new IndexeddbPersistence(asideName(of), kept);
	await aside.whenSynced;
	await aside.destroy();
	// A full phone may refuse the write after all: read it again before the other goes.
	if (!holds(await contentOf(asideName(of)), doc)) throw new Error('could not be set aside');
	await remove(liveName(of));
}

const clocksOf = (doc: Doc) => decodeStateVector(encodeStateVector(doc));

function holds(copy: Doc, doc: Doc): boolean {
	const clocks = clocksOf(copy);
	return [...clocksOf(doc)].every(([client, clock]) => (clocks.get(client) ?? 0) >= clock);
}

/** Copies of earlier epochs, and what was set aside before: newest first, without those that are empty. */
export async function oldCopies(of: CopyOf): Promise<OldCopy[]> {
	const names = await existing(`${PREFIX}:${of.userId}:${of.documentId}:`);
	for (let epoch = of.epoch - 1; epoch > 0; epoch--) {
		const earlier = { ...of, epoch };
		if (names.has(liveName(earlier))) await setAside(earlier, await contentOf(liveName(earlier)));
	}
	const found: OldCopy[] = [];
	for (let epoch = of.epoch; epoch > 0; epoch--) {
		const name = asideName({ ...of, epoch });
		if (!(await existing(name)).has(name)) continue;
		const doc = await contentOf(name);
		if (doc.store.clients.size > 0) found.push({ epoch, doc, remove: () => remove(name) });
	}
	return found;
}

/**
 * Removes all copies of one person from this phone: at sign-out, the next one may be somebody else.
 * False when something is left, or when the browser does not tell.
 */
export async function forget(userId: string): Promise<boolean> {
	const own = `${PREFIX}:${userId}:`;
	await Promise.all([...(await existing(own))].map(remove));
	if (typeof indexedDB === 'undefined') return true;
	return Boolean(indexedDB.databases) && (await existing(own)).size === 0;
}

async function existing(prefix: string): Promise<Set<string>> {
	if (typeof indexedDB === 'undefined' || !indexedDB.databases) return new Set();
	const all = await indexedDB.databases();
	return new Set(all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : [])));
}

async function contentOf(name: string): Promise<Doc> {
	const doc = new Doc();
	const copy = new IndexeddbPersistence(name, doc);
	await copy.whenSynced;
	await copy.destroy();
	return doc;
}

async function remove(name: string): Promise<void> {
	await Promise.race([
		clearDocument(name),
		new Promise((resolve) => setTimeout(resolve, REMOVE_MS))
	]);
}
