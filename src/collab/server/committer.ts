/**
 * Stores the updates of all documents, a window at a time, in one transaction each (SPEC [ORD]).
 *
 * One flush of the disk serves everybody who wrote in a window. The first update of a document after
 * a quiet spell ends the window at once: a window is for those who type fast, not for those who wait
 * for each other's answer.
 */
import type { DocumentLog, Entry } from '#lib/platform/server/documents.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Log } from '#lib/platform/server/log.ts';
import { Allowance } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { Outage, type Batch } from './outage.ts';
import { isAway } from './patience.ts';
import { additionsOf, type OwnWindow, type Queued } from './queued.ts';
import type { Room } from './room.ts';

export interface CommitterTools {
	readonly documents: Pick<DocumentLog, 'append'>;
	readonly now: () => Date;
	readonly log: Log;
	readonly metrics: Metrics | undefined;
	readonly rights: WritingRights | undefined;
	readonly windowMs: number;
	/** How often in a second a window may be ended early. */
	readonly earlyPerSecond: number;
	/** A document could be stored: the other processes may know. Before anybody here is told. */
	readonly onStored: (room: Room, window: OwnWindow) => void;
	/** All of a window is on disk, relayed and acknowledged: so long after its first edit came. */
	readonly onAcknowledged: (afterMs: number, window: OwnWindow) => void;
	/** A document could not be stored, and asking again would not help. */
	readonly onFailure: (room: Room, thrown: unknown) => void;
}

/** Whether those who wrote may still write, after a time in which nobody could say (SPEC [ORD10]). */
export interface WritingRights {
	/** Somebody who wrote this has not been asked for since the storage was away. */
	isInDoubt(queue: readonly Queued[]): boolean;
	/** Asks for them. Throws `unavailable` when nobody can say yet. */
	areHeld(queue: readonly Queued[]): Promise<boolean>;
	/** The storage has just begun to refuse. */
	storageAway(): void;
}

export class Committer {
	readonly #tools: CommitterTools;
	/** Since when, in milliseconds of this process. */
	readonly #waiting = new Map<Room, number>();
	/** Woken while their last batch is still to be stored: the next one must not overtake it. */
	readonly #behind = new Map<Room, number>();
	readonly #early: Allowance;
	readonly #outage: Outage;
	#timer: NodeJS.Timeout | null = null;
	#immediate: NodeJS.Immediate | null = null;
	/** Somebody does not wait for the end of the window. */
	#hurry = false;
	#startedAtMs = -Infinity;
	#running: Promise<void> | null = null;

	constructor(tools: CommitterTools) {
		this.#tools = tools;
		const { earlyPerSecond, log, metrics } = tools;
		this.#outage = new Outage({ log, metrics, offer: (batches) => this.#offer(batches) });
		this.#early = new Allowance(earlyPerSecond, earlyPerSecond, performance.now());
	}

	/** How many documents wait because the storage takes nothing now. */
	get unstored(): number {
		return this.#outage.documents;
	}

	/** @param first whether the document was quiet before */
	wake(room: Room, first: boolean): void {
		const now = performance.now();
		const waiting = this.#outage.has(room) ? this.#behind : this.#waiting;
		if (!waiting.has(room)) waiting.set(room, now);
		if (first && !this.#hurry) this.#hurry = this.#early.take(1, now);
		this.#schedule();
	}

	/** Resolves when everything that was queued is stored, refused, or kept because the storage is away. */
	async flush(): Promise<void> {
		await this.#outage.offerNow();
		while (this.#running || this.#waiting.size > 0) await (this.#running ?? this.#run());
	}

	/** What could not be stored until now comes again from the phones. */
	close(): void {
		this.#outage.close();
	}

	#schedule(): void {
		if (this.#immediate || this.#running || this.#waiting.size === 0) return;
		if (this.#timer && !this.#hurry) return;
		const wait = this.#startedAtMs + this.#tools.windowMs - performance.now();
		const run = () => void this.#run();
		// At the end of this turn: what came in together goes out together.
		if (this.#hurry || wait < 1) this.#immediate = setImmediate(run);
		else this.#timer = setTimeout(run, wait);
	}

	/** One at a time: what comes meanwhile makes the next window. */
	#run(): Promise<void> {
		if (this.#timer) clearTimeout(this.#timer);
		if (this.#immediate) clearImmediate(this.#immediate);
		this.#timer = this.#immediate = null;
		if (this.#running) return this.#running;
		this.#hurry = false;
		this.#startedAtMs = performance.now();
		const batches = [...this.#waiting].map(([room, sinceMs]) => ({
			room,
			queue: room.takeQueue(),
			sinceMs
		}));
		this.#waiting.clear();
		const inDoubt = batches.filter((batch) => this.#isInDoubt(batch));
		for (const batch of inDoubt) this.#keep(batch);
		const sure = inDoubt.length > 0 ? batches.filter((batch) => !inDoubt.includes(batch)) : batches;
		this.#running = this.#store(sure).finally(() => {
			this.#running = null;
			this.#schedule();
		});
		return this.#running;
	}

	async #store(batches: readonly Batch[]): Promise<void> {
		try {
			const heads = await this.#append(batches);
			for (const batch of batches) this.#tell(batch, heads);
		} catch (thrown) {
			const [only] = batches;
			if (batches.length === 1 && only) return this.#notStored(only, thrown);
			// One document must not take the others with it.
			await Promise.all(batches.map((batch) => this.#store([batch])));
		}
	}

	/** What the storage did not take before. */
	async #offer(batches: readonly Batch[]): Promise<void> {
		const stored = batches.map(async (batch) => {
			if (await this.#isAllowed(batch)) await this.#store([batch]);
		});
		await Promise.all(stored);
	}

	/** False when it is not to be stored, or not yet. */
	async #isAllowed(batch: Batch): Promise<boolean> {
		const { room, queue } = batch;
		try {
			const held = !this.#isInDoubt(batch) || (await this.#tools.rights?.areHeld(queue));
			// Who was in a document that was sent away comes back and sends all of it again.
			if (room.closed) this.#goOn(room);
			else if (held) return true;
			else this.#fail(room, new Refusal('closed', 'platform_refused'));
		} catch (thrown) {
			this.#notStored(batch, thrown);
		}
		return false;
	}

	#isInDoubt({ queue }: Batch): boolean {
		return this.#tools.rights?.isInDoubt(queue) ?? false;
	}

	#notStored(batch: Batch, thrown: unknown): void {
		if (!isAway(thrown) || batch.room.closed) return this.#fail(batch.room, thrown);
		if (this.#outage.refused(thrown)) this.#tools.rights?.storageAway();
		this.#keep(batch);
	}

	#keep(batch: Batch): void {
		this.#outage.keep(batch);
		move(batch.room, this.#waiting, this.#behind);
		batch.room.storingDelayed(batch.queue);
	}

	async #append(batches: readonly Batch[]): Promise<Map<string, number>> {
		const entries: Entry[] = [];
		for (const { room, queue } of batches) room.pushEntries(queue, entries);
		if (entries.length === 0) return new Map();
		return this.#tools.documents.append(entries, this.#tools.now());
	}

	/** What happens after the commit must not be taken for a failed commit and stored again. */
	#tell({ room, queue, sinceMs }: Batch, heads: ReadonlyMap<string, number>): void {
		const additions = additionsOf(queue);
		const first = (heads.get(room.id) ?? 0) - additions.length + 1;
		const window = { queue, additions, first };
		try {
			if (additions.length > 0) this.#tools.onStored(room, window);
			room.stored(window);
			this.#tools.onAcknowledged(performance.now() - sinceMs, window);
		} catch (thrown) {
			return this.#fail(room, thrown);
		}
		this.#goOn(room);
	}

	#fail(room: Room, thrown: unknown): void {
		room.storingFailed();
		this.#tools.onFailure(room, thrown);
		this.#goOn(room);
	}

	#goOn(room: Room): void {
		this.#outage.release(room);
		if (move(room, this.#behind, this.#waiting)) this.#schedule();
	}
}

function move(room: Room, from: Map<Room, number>, to: Map<Room, number>): boolean {
	const sinceMs = from.get(room);
	if (sinceMs === undefined) return false;
	from.delete(room);
	to.set(room, sinceMs);
	return true;
}
