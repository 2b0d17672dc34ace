/** The draft of a plan as it is on the disk, also when part of that cannot be read any more. */
import * as Y from 'yjs';

export interface StoredDraft {
	readonly snapshot: Uint8Array | null;
	readonly updates: readonly { readonly update: Uint8Array }[];
}

/**
 * Hands the draft out for as long as `read` looks at it.
 *
 * With `isDamaged` it is only what is left: a disk went bad, or somebody wrote into the database. It
 * may be shown then, with a word about it, but nothing may be decided by it.
 */
export function withDraft<T>(
	{ snapshot, updates }: StoredDraft,
	read: (doc: Y.Doc, isDamaged: boolean) => T
): T {
	const parts = updates.map(({ update }) => update);
	if (snapshot) parts.unshift(snapshot);
	const whole = joined(parts);
	const doc = whole ?? joined(parts.filter(isLegible)) ?? new Y.Doc();
	try {
		return read(doc, whole === null || doc.store.pendingStructs !== null);
	} finally {
		doc.destroy();
	}
}

/** Null when Yjs throws: a document that has thrown may have changed halfway. */
function joined(parts: readonly Uint8Array[]): Y.Doc | null {
	const doc = new Y.Doc();
	try {
		doc.transact(() => parts.forEach((part) => Y.applyUpdate(doc, part)));
		return doc;
	} catch {
		doc.destroy();
		return null;
	}
}

function isLegible(part: Uint8Array): boolean {
	try {
		Y.parseUpdateMeta(part);
		return true;
	} catch {
		return false;
	}
}
