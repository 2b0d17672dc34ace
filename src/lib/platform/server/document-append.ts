/** Adding to the log of documents: numbers in order, authors claimed, all or nothing. */
import { and, inArray } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Tx } from './db/index.ts';
import { documentAuthor } from './db/schema/documents.ts';
import { inChunks } from './db/sql.ts';
import type { Entry } from './documents.ts';
import { isFrozen, isGone, wasRebuilt } from './document-refusals.ts';
import { insertUpdates, raiseHeads } from './document-rows.ts';

export async function append(
	tx: Tx,
	entries: readonly Entry[],
	at: Date
): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	for (const { documentId } of entries) {
		counts.set(documentId, (counts.get(documentId) ?? 0) + 1);
	}
	const raised = await raiseHeads(tx, counts);
	for (const { documentId, epoch } of entries) {
		const standing = raised.get(documentId);
		if (!standing) throw isGone(documentId);
		if (epoch !== undefined && epoch !== standing.epoch) throw wasRebuilt(documentId);
		if (standing.frozenAt !== null) throw isFrozen(documentId);
	}
	const heads = new Map([...raised].map(([documentId, { head }]) => [documentId, head]));
	const next = new Map<string, number>();
	for (const [documentId, head] of heads)
		next.set(documentId, head - (counts.get(documentId) ?? 0));
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
	const known = new Map<string, string | null>();
	if (entries.every(({ authors }) => authors.length === 0)) return known;
	const documents = [...new Set(entries.map((entry) => entry.documentId))];
	const clients = [...new Set(entries.flatMap(({ authors }) => authors.map((a) => a.clientId)))];
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
