/**
 * Batches that the storage would not take: kept as they are and offered again until it does
 * (SPEC [ORD5]). Each document waits for its own batch alone: a lock on one holds up no other.
 */
import type { Refusal } from '#lib/platform/refusal.ts';
import { databaseCode } from '#lib/platform/server/db/unavailable.ts';
import type { Log } from '#lib/platform/server/log.ts';
import type { Metrics } from './metrics.ts';
import type { Queued } from './queued.ts';
import type { Room } from './room.ts';

/** What of one document is stored together. */
export interface Batch {
	readonly room: Room;
	readonly queue: readonly Queued[];
	/** When its first edit came, in milliseconds of this process. */
	readonly sinceMs: number;
}

export interface OutageTools {
	readonly log: Log;
	readonly metrics: Metrics | undefined;
	/** Tries to store them; calls `keep` or `release` for each. */
	readonly offer: (batches: readonly Batch[]) => Promise<void>;
}

const FIRST_WAIT_MS = 100;
/** Whoever makes room on the disk sees it used within 5 s. */
const LONGEST_WAIT_MS = 2_000;

export class Outage {
	readonly #tools: OutageTools;
	readonly #kept = new Map<Room, Batch>();
	/** When the storage began to refuse; null while it does not. */
	#refusedAtMs: number | null = null;
	#waitMs = FIRST_WAIT_MS;
	#timer: NodeJS.Timeout | null = null;
	#offering: Promise<void> | null = null;

	constructor(tools: OutageTools) {
		this.#tools = tools;
	}

	/** How many documents wait for the storage. */
	get documents(): number {
		return this.#kept.size;
	}

	has(room: Room): boolean {
		return this.#kept.has(room);
	}

	/** The storage would not take one. True when that is news. */
	refused(refusal: Refusal): boolean {
		const reason = databaseCode(refusal.cause) || refusal.code;
		this.#tools.metrics?.storageRefused(reason);
		if (this.#refusedAtMs !== null) return false;
		this.#refusedAtMs = performance.now();
		this.#tools.log('error', 'storage_refused', { reason });
		return true;
	}

	keep(batch: Batch): void {
		this.#kept.set(batch.room, batch);
		this.#wait();
	}

	/** It is stored now, or never will be. */
	release(room: Room): void {
		if (!this.#kept.delete(room)) return;
		this.#waitMs = FIRST_WAIT_MS;
		if (this.#kept.size > 0) return;
		this.#stopWaiting();
		if (this.#refusedAtMs === null) return;
		const afterMs = Math.round(performance.now() - this.#refusedAtMs);
		this.#refusedAtMs = null;
		this.#tools.log('warn', 'storage_returned', { afterMs });
	}

	/** Offers everything once more; resolves when that has gone one way or the other. */
	offerNow(): Promise<void> {
		this.#offering ??= this.#offer().finally(() => {
			this.#offering = null;
			this.#wait();
		});
		return this.#offering;
	}

	close(): void {
		this.#kept.clear();
		this.#stopWaiting();
	}

	#stopWaiting(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
	}

	async #offer(): Promise<void> {
		if (this.#kept.size > 0) await this.#tools.offer([...this.#kept.values()]);
	}

	#wait(): void {
		if (this.#timer || this.#offering || this.#kept.size === 0) return;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			void this.offerNow();
		}, this.#waitMs);
		this.#waitMs = Math.min(2 * this.#waitMs, LONGEST_WAIT_MS);
	}
}
