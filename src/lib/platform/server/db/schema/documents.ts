/**
 * Shared documents (Yjs): one row per document, its log of updates, its snapshot, and whose each
 * client number is.
 *
 * `head` is the number of the newest update, counted per document from 1. A column that counts over
 * all documents would be no safe cursor: a slow transaction can commit number 1 after number 2 has
 * been read, and number 1 would be missed for ever.
 */
import * as c from '../columns.ts';

export const document = c.table('document', {
	id: c.text().primaryKey(),
	kind: c.text().notNull(),
	/** The shape of the content (which keys it has), raised by upgrades. */
	schemaNumber: c.integer().notNull(),
	/** Raised when a document is rebuilt, so that an older copy on a phone is not merged into it. */
	epoch: c.integer().notNull().default(1),
	head: c.bigint().notNull().default(0),
	/** It takes no updates while this is set: what was handed in is what was acknowledged. */
	frozenAt: c.timestamp(),
	createdAt: c.timestamp().notNull()
});

export const documentUpdate = c.table(
	'document_update',
	{
		documentId: c
			.text()
			.notNull()
			.references(() => document.id, { onDelete: 'cascade' }),
		seq: c.bigint().notNull(),
		update: c.bytes().notNull(),
		at: c.timestamp().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.documentId, t.seq] })]
);

/**
 * Everything up to and including `seq`, in one update. A table of its own: SQLite writes a row anew
 * as a whole, and `document` is written with every edit.
 */
export const documentSnapshot = c.table('document_snapshot', {
	documentId: c
		.text()
		.primaryKey()
		.references(() => document.id, { onDelete: 'cascade' }),
	seq: c.bigint().notNull(),
	snapshot: c.bytes().notNull(),
	/** What must be known of `snapshot` to judge an edit, in the words of whoever made it. */
	outline: c.bytes()
});

/** Who writes under a Yjs client number. Claimed by the first update, never given to anybody else. */
export const documentAuthor = c.table(
	'document_author',
	{
		documentId: c
			.text()
			.notNull()
			.references(() => document.id, { onDelete: 'cascade' }),
		clientId: c.bigint().notNull(),
		/** Null: the server's own number. No foreign key, since the log outlives an erased account. */
		userId: c.text()
	},
	(t) => [c.primaryKey({ columns: [t.documentId, t.clientId] })]
);
