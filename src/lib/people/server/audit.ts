/**
 * The audit log: who did what to which object, chained so that a changed or
 * missing row shows. Never anybody's text.
 */
import { createHash } from 'node:crypto';
import { desc, gt, asc } from 'drizzle-orm';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { auditEntry } from '#lib/platform/server/db/schema/index.ts';

export interface Deed {
	/** Null: nobody was signed in, or the program itself. */
	readonly actorId: string | null;
	/** 'signed_in', 'grant.given' … */
	readonly action: string;
	/** 'training:abc', 'user:xyz'; ids only. */
	readonly object: string;
	readonly at: Date;
}

type Row = typeof auditEntry.$inferSelect;

function hashOf(row: Omit<Row, 'hash'>, before: string): string {
	const content = [before, row.seq, row.at.getTime(), row.actorId, row.action, row.object];
	return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export async function audit(tx: Tx, deed: Deed): Promise<void> {
	const [last] = await tx.select().from(auditEntry).orderBy(desc(auditEntry.seq)).limit(1);
	const row = { seq: (last?.seq ?? 0) + 1, ...deed };
	await tx.insert(auditEntry).values({ ...row, hash: hashOf(row, last?.hash ?? '') });
}

/** The number of the first row that does not follow from the one before it, or null when the chain is whole. */
export async function firstBrokenEntry(read: Read): Promise<number | null> {
	const PAGE = 1_000;
	let before = '';
	let seq = 0;
	for (;;) {
		const page = await read
			.select()
			.from(auditEntry)
			.where(gt(auditEntry.seq, seq))
			.orderBy(asc(auditEntry.seq))
			.limit(PAGE);
		for (const row of page) {
			if (row.seq !== seq + 1 || row.hash !== hashOf(row, before)) return row.seq;
			before = row.hash;
			seq = row.seq;
		}
		if (page.length < PAGE) return null;
	}
}
