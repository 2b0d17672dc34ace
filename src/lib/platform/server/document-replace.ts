/** What happens to a document as a whole: seed, compaction, rebuilding, a new shape, freezing. */
import { and, eq, lt, lte } from 'drizzle-orm';
import { parseUpdateMeta } from 'yjs';
import type { EventMap } from '#lib/platform/events.ts';
import type { Tx } from './db/index.ts';
import {
	document,
	documentAuthor,
	documentSnapshot,
	documentUpdate
} from './db/schema/documents.ts';
import { inChunks } from './db/sql.ts';
import type { Compaction, NewDocument, Rebuilding } from './documents.ts';
import { isGone, wasRebuilt } from './document-refusals.ts';
import { raiseHeads } from './document-rows.ts';

export type Announce = (name: 'document.replaced', news: EventMap['document.replaced']) => void;

export async function create(tx: Tx, doc: NewDocument, at: Date): Promise<boolean> {
	const { id, kind, schemaNumber, update, epoch = 1 } = doc;
	const created = await tx
		.insert(document)
		.values({ id, kind, schemaNumber, epoch, head: 1, createdAt: at })
		.onConflictDoNothing()
		.returning({ id: document.id });
	if (created.length === 0) return false;
	await tx.insert(documentUpdate).values({ documentId: id, seq: 1, update, at });
	await claimForServer(tx, id, update);
	return true;
}

async function claimForServer(tx: Tx, documentId: string, update: Uint8Array): Promise<void> {
	const own = clientsOf(update).map((clientId) => ({ documentId, clientId, userId: null }));
	for (const rows of inChunks(own)) await tx.insert(documentAuthor).values(rows);
}

/** The client numbers under which the content of an update was written. */
const clientsOf = (update: Uint8Array): number[] => [...parseUpdateMeta(update).to.keys()];

export async function compact(
	tx: Tx,
	documentId: string,
	{ epoch, snapshot, upTo: seq, outline = null }: Compaction
): Promise<void> {
	// A lock as well: what is read here must not be taken away by another compaction meanwhile.
	const standing = (await raiseHeads(tx, new Map([[documentId, 0]]))).get(documentId);
	if (standing && standing.epoch !== epoch) return;
	if (seq > (standing?.head ?? 0)) throw new Error('a snapshot of what is not there');
	const kept = await tx
		.insert(documentSnapshot)
		.values({ documentId, seq, snapshot, outline })
		.onConflictDoUpdate({
			target: documentSnapshot.documentId,
			set: { seq, snapshot, outline },
			setWhere: lt(documentSnapshot.seq, seq)
		})
		.returning({ seq: documentSnapshot.seq });
	if (kept.length === 0) return;
	await tx
		.delete(documentUpdate)
		.where(and(eq(documentUpdate.documentId, documentId), lte(documentUpdate.seq, seq)));
}

/** Numbers go on, so that no process takes the new content for something it has already. */
export async function rebuild(
	tx: Tx,
	{ documentId, epoch, update }: Rebuilding,
	{ at, announce }: { at: Date; announce: Announce }
): Promise<number> {
	const [stored] = await tx.select().from(document).where(eq(document.id, documentId));
	if (!stored) throw isGone(documentId);
	const seq = stored.head + 1;
	const raised = await tx
		.update(document)
		.set({ epoch: epoch + 1, head: seq })
		.where(and(eq(document.id, documentId), eq(document.epoch, epoch)))
		.returning({ epoch: document.epoch });
	if (raised.length === 0) throw wasRebuilt(documentId);
	await tx.delete(documentUpdate).where(eq(documentUpdate.documentId, documentId));
	await tx.delete(documentSnapshot).where(eq(documentSnapshot.documentId, documentId));
	await tx.delete(documentAuthor).where(eq(documentAuthor.documentId, documentId));
	await tx.insert(documentUpdate).values({ documentId, seq, update, at });
	await claimForServer(tx, documentId, update);
	tx.afterCommit(() => announce('document.replaced', { documentId }));
	return epoch + 1;
}

/** @param frozenAt null opens it again */
export async function freeze(tx: Tx, documentId: string, frozenAt: Date | null): Promise<void> {
	const frozen = await tx
		.update(document)
		.set({ frozenAt })
		.where(eq(document.id, documentId))
		.returning({ id: document.id });
	if (frozen.length === 0) throw isGone(documentId);
}

export async function raiseSchema(
	tx: Tx,
	documentId: string,
	{ to, announce }: { to: number; announce: Announce }
): Promise<void> {
	const [stored] = await tx.select().from(document).where(eq(document.id, documentId));
	if (!stored) throw isGone(documentId);
	if (stored.schemaNumber >= to) return;
	await tx.update(document).set({ schemaNumber: to }).where(eq(document.id, documentId));
	tx.afterCommit(() => announce('document.replaced', { documentId }));
}
