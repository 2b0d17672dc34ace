/**
 * Stores the updates of all documents, a window at a time, in one transaction each (SPEC [ORD]).
 *
 * One flush of the disk serves everybody who wrote in a window. The first update of a document after
 * a quiet spell ends the window at once: a window is for those who type fast, not for those who wait
 * for each other's answer.
 */
import type { DocumentLog, Entry } from '#lib/platform/server/documents.ts';
import { Allowance } from './limits.ts';
import { additionsOf, type OwnWindow, type Queued } from './queued.ts';
import type { Room } from './room.ts';

export interface CommitterTools {
	readonly documents: Pick<DocumentLog, 'append'>;
	readonly now: () => Date;
	readonly windowMs: number;
	/** How often in a second a window may be ended early. */
	readonly earlyPerSecond: number;
	/** A document could be stored: the other processes may know. Before anybody here is told. */
	readonly onStored: (room: Room, window: OwnWindow) => void;
	/** All of a window is on disk, relayed and acknowledged: so long after its first edit came. */
	readonly onAcknowledged: (afterMs: number, window: OwnWindow) => void;
	/** A document could not be stored. */
	readonly onFailure: (room: Room, thrown: unknown) => void;
}

interface Batch {
	readonly room: Room;
	readonly queue: readonly Queued[];
	readonly sinceMs: number;
}

export class Committer {
	readonly #tools: CommitterTools;
	/** Since when, in milliseconds of this process. */
	readonly #waiting = new Map<Room, number>();
	readonly #early: Allowance;
	#timer: NodeJS.Timeout | null = null;
	#immediate: NodeJS.Immediate | null = null;
	/** Somebody does not wait for the end of the window. */
	#hurry = false;
	#startedAtMs = -Infinity;
	#running: Promise<void> | null = null;

	constructor(tools: CommitterTools) {
		this.#tools = tools;
		const { earlyPerSecond } = tools;
		this.#early = new Allowance(earlyPerSecond, earlyPerSecond, performance.now());
	}

	/** @param first whether the document was quiet before */
	wake(room: Room, first: boolean): void {
		const now = performance.now();
		if (!this.#waiting.has(room)) this.#waiting.set(room, now);
		if (first && !this.#hurry) this.#hurry = this.#early.take(1, now);
		this.#schedule();
	}

	/** Resolves when everything that was queued is stored or refused. */
	async flush(): Promise<void> {
		while (this.#running || this.#waiting.size > 0) await (this.#running ?? this.#run());
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
		this.#running = this.#store(batches).finally(() => {
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
			if (batches.length === 1 && only) return this.#fail(only.room, thrown);
			// One document must not take the others with it.
			for (const batch of batches) await this.#store([batch]);
		}
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
			this.#fail(room, thrown);
		}
	}

	#fail(room: Room, thrown: unknown): void {
		room.storingFailed();
		this.#tools.onFailure(room, thrown);
	}
}
