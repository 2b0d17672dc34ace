/**
 * Carries out what phones have queued, exactly once: the effect and its receipt are one transaction,
 * so neither a lost answer nor a killed server can make two of one.
 */
import { and, desc, eq, lt, ne } from 'drizzle-orm';
import { Events } from '../events.ts';
import type { Operation, Result } from '../operations.ts';
import type { App } from './app.ts';
import type { Tx } from './db/index.ts';
import { operationReceipt } from './db/schema/index.ts';

/** What to do: every read and write goes through `inside`. `before` is what the last one on this subject led to. */
export type Work = (inside: App, before: Result | null) => Promise<Result>;

/**
 * The result of an operation, from its receipt when it has been carried out before. One that a later
 * one of the same queue has overtaken is not carried out: the later one's result stands for it.
 *
 * Whatever `work` refuses leaves no trace, and may be tried again.
 */
export function carryOut(
	app: App,
	userId: string,
	operation: Operation,
	work: Work
): Promise<Result> {
	const { id: operationId, outbox, seq, subject, kind } = operation;
	const own = eq(operationReceipt.userId, userId);
	const isThis = and(own, eq(operationReceipt.operationId, operationId));
	return app.db.write(async (tx) => {
		// The claim comes first: of two requests that carry the same one, the second waits here.
		const receivedAt = app.now();
		const claim = { userId, operationId, outbox, seq, subject, kind, result: {}, receivedAt };
		const claimed = await tx
			.insert(operationReceipt)
			.values(claim)
			.onConflictDoNothing()
			.returning({ seq: operationReceipt.seq });
		if (claimed.length === 0) {
			const [known] = await tx.select().from(operationReceipt).where(isThis);
			return known?.result ?? {};
		}
		const [last] = await tx
			.select({ seq: operationReceipt.seq, result: operationReceipt.result })
			.from(operationReceipt)
			.where(
				and(
					own,
					eq(operationReceipt.outbox, outbox),
					eq(operationReceipt.subject, subject),
					ne(operationReceipt.operationId, operationId)
				)
			)
			.orderBy(desc(operationReceipt.seq))
			.limit(1);
		const overtaken = last && last.seq >= seq;
		const result = overtaken ? last.result : await work(within(app, tx), last?.result ?? null);
		await tx.update(operationReceipt).set({ result }).where(isThis);
		return result;
	});
}

/** The tools of a room, all of them inside one transaction. News waits for its end. */
function within(app: App, tx: Tx): App {
	const inside = <T>(work: (tx: Tx) => Promise<T>) => work(tx);
	const db = { ...app.db, read: tx, snapshot: inside, write: inside, writeUnderRowLocks: inside };
	return { ...app, db, events: new EventsAfter(app.events, tx) };
}

class EventsAfter extends Events {
	readonly #events: Events;
	readonly #tx: Tx;

	constructor(events: Events, tx: Tx) {
		super();
		this.#events = events;
		this.#tx = tx;
	}

	override emit(...news: Parameters<Events['emit']>): void {
		this.#tx.afterCommit(() => this.#events.emit(...news));
	}
}

/** A phone may have been away for months; after that it asks anew. */
const KEPT_MS = 180 * 86_400_000;

/** Daily: receipts of what no phone will send again. */
export async function dropOldReceipts(app: App): Promise<void> {
	const before = new Date(app.now().getTime() - KEPT_MS);
	await app.db.write((tx) =>
		tx.delete(operationReceipt).where(lt(operationReceipt.receivedAt, before))
	);
}
