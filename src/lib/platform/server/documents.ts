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
 * - [LOG7] a document that was rebuilt takes nothing that rests on what it was before
 * - [LOG8] a frozen document takes no update: what was acknowledged is in it, what is not was refused
 */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Db, Read, Tx } from './db/index.ts';
import {
	document,
	documentAuthor,
	documentSnapshot,
	documentUpdate
} from './db/schema/documents.ts';
import { append } from './document-append.ts';
import { isGone } from './document-refusals.ts';
import {
	compact,
	create,
	freeze,
	raiseSchema,
	rebuild,
	type Announce
} from './document-replace.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		/** Its epoch or its schema number has risen: open copies of it are old now. */
		'document.replaced': { readonly documentId: string };
	}
}

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

/** What came after a number, and what belongs to it. */
export interface Since {
	epoch: number;
	updates: StoredUpdate[];
	/** All of the document, as in `StoredDocument`. */
	authors: Map<number, string | null>;
}

/** How far a document has come. */
export interface Standing {
	head: number;
	epoch: number;
	schemaNumber: number;
}

export interface Entry {
	documentId: string;
	/** Of the copy the update was made from; absent when it rests on none (the server's own words). */
	epoch?: number;
	update: Uint8Array;
	/** Everybody whose client numbers occur in `update`. */
	authors: { clientId: number; userId: string }[];
}

export interface DocumentLog {
	/** Seeds a document. False when it exists already, which then stays as it is. */
	create(tx: Tx, doc: NewDocument): Promise<boolean>;

	/**
	 * Adds updates of many documents in one transaction; resolves with the new head of each when all
	 * of it is durable. Several updates of one document are numbered in the given order. It may be
	 * repeated after a lost connection: an update that is stored twice is harmless to Yjs.
	 *
	 * Refuses the whole batch: `not_found` when a document does not exist, `closed` when it is in
	 * another epoch than the entry or frozen, `forbidden` when a client number is somebody else's (all with
	 * `documentId`, the last with `clientId`), `unavailable` when the storage cannot take it now.
	 */
	append(entries: readonly Entry[], at: Date): Promise<Map<string, number>>;

	/** A document as of one moment, or null. */
	read(documentId: string): Promise<StoredDocument | null>;

	/** What came after `seq`, or null. Where that has been compacted away, the snapshot stands in for it. */
	readSince(documentId: string, seq: number): Promise<Since | null>;

	/** How far each of these has come. One that is missing does not exist. */
	standings(documentIds: readonly string[]): Promise<Map<string, Standing>>;

	/** Puts one update in the place of many. An older compaction, and one of another epoch, are ignored. */
	compact(documentId: string, by: Compaction): Promise<void>;

	/**
	 * Puts new content in the place of a document and of all its history, as after an erasure; it is
	 * the server's own. Returns the new epoch: from then on copies of before are refused. Announces
	 * `document.replaced` after the commit.
	 *
	 * Refuses with `not_found`, and with `closed` when the document is no longer in the epoch that
	 * the content was made from.
	 */
	rebuild(tx: Tx, by: Rebuilding): Promise<number>;

	/**
	 * Ends all writing, and returns the document as it is from then on: every update that was
	 * acknowledged is in it, and each that comes later is refused. Refuses with `not_found`.
	 */
	freeze(tx: Tx, documentId: string): Promise<StoredDocument>;

	/** Opens it for writing again. Refuses with `not_found`. */
	thaw(tx: Tx, documentId: string): Promise<void>;

	/**
	 * The content has a newer shape: pages that know only the older one may no longer write. Announces
	 * `document.replaced` when that is news. Refuses with `not_found`.
	 */
	raiseSchema(tx: Tx, documentId: string, schemaNumber: number): Promise<void>;
}

export interface Compaction {
	readonly epoch: number;
	/** One update in the place of all up to and including `upTo`. */
	readonly snapshot: Uint8Array;
	readonly upTo: number;
	/** Kept beside the snapshot and given back with it: whatever spares its reader a walk over it. */
	readonly outline?: Uint8Array | null;
}

export interface Rebuilding {
	readonly documentId: string;
	readonly epoch: number;
	readonly update: Uint8Array;
}

export function openDocumentLog(
	db: Db,
	now: () => Date = () => new Date(),
	announce: Announce = () => {}
): DocumentLog {
	return {
		create: (tx, doc) => create(tx, doc, now()),
		append: async (entries, at) =>
			entries.length === 0
				? new Map<string, number>()
				: db.writeUnderRowLocks((tx) => append(tx, entries, at)),
		read: (documentId) => db.snapshot((read) => readDocument(read, documentId)),
		readSince: (documentId, seq) => db.snapshot((read) => readSince(read, documentId, seq)),
		standings: (documentIds) => standings(db.read, documentIds),
		compact: (documentId, by) => db.writeUnderRowLocks((tx) => compact(tx, documentId, by)),
		rebuild: (tx, by) => rebuild(tx, by, { at: now(), announce }),
		freeze: async (tx, documentId) => {
			// The row is locked by this: an update that was under way has ended, the next one waits.
			await freeze(tx, documentId, now());
			return orGone(await readDocument(tx, documentId), documentId);
		},
		thaw: (tx, documentId) => freeze(tx, documentId, null),
		raiseSchema: (tx, documentId, to) => raiseSchema(tx, documentId, { to, announce })
	};
}

function orGone(found: StoredDocument | null, documentId: string): StoredDocument {
	if (!found) throw isGone(documentId);
	return found;
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

async function readSince(read: Read, documentId: string, seq: number): Promise<Since | null> {
	const standing = (await standings(read, [documentId])).get(documentId);
	if (!standing) return null;
	const { documentId: id, seq: snapshotSeq, snapshot } = documentSnapshot;
	const [compacted] = await read
		.select({ seq: snapshotSeq, update: snapshot })
		.from(documentSnapshot)
		.where(and(eq(id, documentId), gt(snapshotSeq, seq)));
	const updates = await updatesAfter(read, documentId, compacted?.seq ?? seq);
	if (compacted) updates.unshift(compacted);
	return { epoch: standing.epoch, updates, authors: await authorsOf(read, documentId) };
}

async function standings(read: Read, ids: readonly string[]): Promise<Map<string, Standing>> {
	const { id, head, epoch, schemaNumber } = document;
	if (ids.length === 0) return new Map();
	const rows = await read
		.select({ id, head, epoch, schemaNumber })
		.from(document)
		.where(inArray(id, [...ids]));
	return new Map(rows.map(({ id: of, ...standing }) => [of, standing]));
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
