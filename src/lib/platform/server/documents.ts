/**
 * The log of shared documents (Yjs): every update of every document, numbered per document from 1.
 *
 * What `append` has acknowledged is on the disk. Updates are opaque bytes here, except for one rule
 * that must hold for ever because authorship is read from it: a Yjs client number belongs to the
 * first person who writes under it in a document, or to the server, and to nobody else.
 *
 * `src/collab/SPEC.md` cites the rules as [LOG1] …; the tests beside this file hold them:
 * - [LOG1] a document is seeded once; the second to try is told so and changes nothing
 * - [LOG2] updates are numbered per document, from 1, without gaps
 * - [LOG3] a batch is kept whole or not at all
 * - [LOG4] a client number is never given to somebody else
 * - [LOG5] snapshot and later updates together are always the whole document
 * - [LOG6] what was acknowledged survives kill -9
 */
import { and, asc, eq, gt, inArray, lt, lte } from 'drizzle-orm';
import { parseUpdateMeta } from 'yjs';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Db, Read, Tx } from './db/index.ts';
import {
	document,
	documentAuthor,
	documentSnapshot,
	documentUpdate
} from './db/schema/documents.ts';
import { inChunks } from './db/sql.ts';
import { insertUpdates, raiseHeads } from './document-rows.ts';

export interface NewDocument {
	id: string;
	kind: string;
	schemaNumber: number;
	/** The first content, made by the server. */
	update: Uint8Array;
	/** For a document that takes the place of another after an erasure; 1 when it is new. */
	epoch?: number;
}

export interface StoredUpdate {
	seq: number;
	update: Uint8Array;
}

export interface StoredDocument {
	id: string;
	kind: string;
	epoch: number;
	schemaNumber: number;
	/** The number of the newest update. */
	head: number;
	/** An update that holds everything up to and including `snapshotSeq`. */
	snapshot: Uint8Array | null;
	snapshotSeq: number;
	/** What came with the snapshot, see `Compaction`. */
	outline: Uint8Array | null;
	/** Everything after the snapshot, in order. */
	updates: StoredUpdate[];
	/** Whose each Yjs client number is; null is the server's own. */
	authors: Map<number, string | null>;
}

export interface Entry {
	documentId: string;
	update: Uint8Array;
	/** Everybody whose client numbers occur in `update`. */
	authors: { clientId: number; userId: string }[];
}

export interface Compaction {
	/** One update in the place of all up to and including `upTo`. */
	snapshot: Uint8Array;
	upTo: number;
	/** Kept beside the snapshot and given back with it: whatever spares its reader a walk over it. */
	outline?: Uint8Array | null;
}

export interface DocumentLog {
	/** Seeds a document. False when it exists already, which then stays as it is. */
	create(tx: Tx, doc: NewDocument): Promise<boolean>;

	/**
	 * Adds updates of many documents in one transaction; resolves with the new head of each when all
	 * of it is durable. Several updates of one document are numbered in the given order. It may be
	 * repeated after a lost connection: an update that is stored twice is harmless to Yjs.
	 *
	 * Refuses the whole batch: `not_found` when a document does not exist, `forbidden` when a client
	 * number is somebody else's (both with `documentId`, the latter with `clientId`), `unavailable`
	 * when the storage cannot take it now.
	 */
	append(entries: readonly Entry[], at: Date): Promise<Map<string, number>>;

	/** A document as of one moment, or null. */
	read(documentId: string): Promise<StoredDocument | null>;

	/** What came after `seq`. Where that has been compacted away, the snapshot stands in for it. */
	readSince(documentId: string, seq: number): Promise<StoredUpdate[]>;

	/** Puts one update in the place of many. An older compaction is ignored. */
	compact(documentId: string, by: Compaction): Promise<void>;
}

export function openDocumentLog(db: Db, now: () => Date = () => new Date()): DocumentLog {
	return {
		create: (tx, doc) => create(tx, doc, now()),
		append: async (entries, at) =>
			entries.length === 0
				? new Map<string, number>()
				: db.writeUnderRowLocks((tx) => append(tx, entries, at)),
		read: (documentId) => db.snapshot((read) => readDocument(read, documentId)),
		readSince: (documentId, seq) => db.snapshot((read) => readSince(read, documentId, seq)),
		compact: (documentId, by) => db.writeUnderRowLocks((tx) => compact(tx, documentId, by))
	};
}

async function create(tx: Tx, doc: NewDocument, at: Date): Promise<boolean> {
	const { id, kind, schemaNumber, update, epoch = 1 } = doc;
	const created = await tx
		.insert(document)
		.values({ id, kind, schemaNumber, epoch, head: 1, createdAt: at })
		.onConflictDoNothing()
		.returning({ id: document.id });
	if (created.length === 0) return false;
	await tx.insert(documentUpdate).values({ documentId: id, seq: 1, update, at });
	const own = clientsOf(update).map((clientId) => ({ documentId: id, clientId, userId: null }));
	for (const rows of inChunks(own)) await tx.insert(documentAuthor).values(rows);
	return true;
}

/** The client numbers under which the content of an update was written. */
const clientsOf = (update: Uint8Array): number[] => [...parseUpdateMeta(update).to.keys()];

async function append(tx: Tx, entries: readonly Entry[], at: Date): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	for (const { documentId } of entries) {
		counts.set(documentId, (counts.get(documentId) ?? 0) + 1);
	}
	const heads = await raiseHeads(tx, counts);
	const next = new Map<string, number>();
	for (const [documentId, count] of counts) {
		const head = heads.get(documentId);
		if (head === undefined) {
			throw new Refusal('not_found', 'platform_refused_document_gone', { documentId });
		}
		next.set(documentId, head - count);
	}
	await claimAuthors(tx, entries);
	const rows = entries.map(({ documentId, update }) => {
		const seq = (next.get(documentId) ?? 0) + 1;
		next.set(documentId, seq);
		return { documentId, seq, update };
	});
	await insertUpdates(tx, rows, at);
	return heads;
}

/** The rows of the documents are locked, so nobody can claim a number in between. */
async function claimAuthors(tx: Tx, entries: readonly Entry[]): Promise<void> {
	const known = await knownAuthors(tx, entries);
	const claims: (typeof documentAuthor.$inferInsert)[] = [];
	for (const { documentId, authors } of entries) {
		for (const { clientId, userId } of authors) {
			const key = `${clientId} ${documentId}`;
			const owner = known.get(key);
			if (owner === undefined) claims.push({ documentId, clientId, userId });
			else if (owner !== userId) {
				const details = { documentId, clientId };
				throw new Refusal('forbidden', 'platform_refused_foreign_client', details);
			}
			known.set(key, userId);
		}
	}
	for (const chunk of inChunks(claims)) await tx.insert(documentAuthor).values(chunk);
}

async function knownAuthors(tx: Tx, entries: readonly Entry[]) {
	const documents = [...new Set(entries.map((entry) => entry.documentId))];
	const clients = [...new Set(entries.flatMap(({ authors }) => authors.map((a) => a.clientId)))];
	const known = new Map<string, string | null>();
	if (clients.length === 0) return known;
	const rows = await tx
		.select()
		.from(documentAuthor)
		.where(
			and(inArray(documentAuthor.documentId, documents), inArray(documentAuthor.clientId, clients))
		);
	for (const { documentId, clientId, userId } of rows)
		known.set(`${clientId} ${documentId}`, userId);
	return known;
}

async function readDocument(read: Read, documentId: string): Promise<StoredDocument | null> {
	const [stored] = await read
		.select({ document, compacted: documentSnapshot })
		.from(document)
		.leftJoin(documentSnapshot, eq(documentSnapshot.documentId, document.id))
		.where(eq(document.id, documentId));
	if (!stored) return null;
	const { id, kind, epoch, schemaNumber, head } = stored.document;
	const { snapshot, seq: snapshotSeq, outline } = stored.compacted ?? NOT_COMPACTED;
	const updates = await updatesAfter(read, documentId, snapshotSeq);
	const authors = await authorsOf(read, documentId);
	return { id, kind, epoch, schemaNumber, head, snapshot, snapshotSeq, outline, updates, authors };
}

const NOT_COMPACTED = { snapshot: null, seq: 0, outline: null };

async function readSince(read: Read, documentId: string, seq: number): Promise<StoredUpdate[]> {
	const { documentId: id, seq: snapshotSeq, snapshot } = documentSnapshot;
	const [compacted] = await read
		.select({ seq: snapshotSeq, update: snapshot })
		.from(documentSnapshot)
		.where(and(eq(id, documentId), gt(snapshotSeq, seq)));
	if (!compacted) return updatesAfter(read, documentId, seq);
	return [compacted, ...(await updatesAfter(read, documentId, compacted.seq))];
}

const updatesAfter = (read: Read, documentId: string, seq: number): Promise<StoredUpdate[]> =>
	read
		.select({ seq: documentUpdate.seq, update: documentUpdate.update })
		.from(documentUpdate)
		.where(and(eq(documentUpdate.documentId, documentId), gt(documentUpdate.seq, seq)))
		.orderBy(asc(documentUpdate.seq));

async function authorsOf(read: Read, documentId: string): Promise<Map<number, string | null>> {
	const rows = await read
		.select({ clientId: documentAuthor.clientId, userId: documentAuthor.userId })
		.from(documentAuthor)
		.where(eq(documentAuthor.documentId, documentId));
	return new Map(rows.map(({ clientId, userId }) => [clientId, userId]));
}

async function compact(
	tx: Tx,
	documentId: string,
	{ snapshot, upTo: seq, outline = null }: Compaction
): Promise<void> {
	// A lock as well: what is read here must not be taken away by another compaction meanwhile.
	const heads = await raiseHeads(tx, new Map([[documentId, 0]]));
	if (seq > (heads.get(documentId) ?? 0)) throw new Error('a snapshot of what is not there');
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
