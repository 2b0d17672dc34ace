/**
 * Stores the updates of all documents, a window at a time, in one transaction each (SPEC [ORD]).
 *
 * The first update after a quiet spell is stored in the same turn; only a busy server waits, and
 * then one flush of the disk serves everybody.
 */
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import { additionsOf, type OwnWindow, type Queued } from './queued.ts';
import type { Room } from './room.ts';

export interface CommitterTools {
	readonly documents: Pick<DocumentLog, 'append'>;
	readonly now: () => Date;
	readonly windowMs: number;
	/** A document could be stored: the other processes may know. Before anybody here is told. */
	readonly onStored: (room: Room, window: OwnWindow) => void;
	/** A document could not be stored. */
	readonly onFailure: (room: Room, thrown: unknown) => void;
}

interface Batch {
	readonly room: Room;
	readonly queue: readonly Queued[];
}

export class Committer {
	readonly #tools: CommitterTools;
	readonly #waiting = new Set<Room>();
	#timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
	#startedAtMs = -Infinity;
	#running: Promise<void> | null = null;

	constructor(tools: CommitterTools) {
		this.#tools = tools;
	}

	wake(room: Room): void {
		this.#waiting.add(room);
		this.#schedule();
	}

	/** Resolves when everything that was queued is stored or refused. */
	async flush(): Promise<void> {
		while (this.#running || this.#waiting.size > 0) await (this.#running ?? this.#run());
	}

	#schedule(): void {
		if (this.#timer || this.#running || this.#waiting.size === 0) return;
		const wait = this.#startedAtMs + this.#tools.windowMs - performance.now();
		const run = () => void this.#run();
		this.#timer = wait >= 1 ? setTimeout(run, wait) : setImmediate(run);
	}

	/** One at a time: what comes meanwhile makes the next window. */
	#run(): Promise<void> {
		this.#timer = null;
		if (this.#running) return this.#running;
		this.#startedAtMs = performance.now();
		const batches = [...this.#waiting].map((room) => ({ room, queue: room.takeQueue() }));
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
		const entries = batches.flatMap(({ room, queue }) => room.entriesOf(queue));
		if (entries.length === 0) return new Map();
		return this.#tools.documents.append(entries, this.#tools.now());
	}

	/** What happens after the commit must not be taken for a failed commit and stored again. */
	#tell({ room, queue }: Batch, heads: ReadonlyMap<string, number>): void {
		const additions = additionsOf(queue);
		const first = (heads.get(room.id) ?? 0) - additions.length + 1;
		const window = { queue, additions, first };
		try {
			if (additions.length > 0) this.#tools.onStored(room, window);
			room.stored(window);
		} catch (thrown) {
			this.#fail(room, thrown);
		}
	}

	#fail(room: Room, thrown: unknown): void {
		room.storingFailed();
		this.#tools.onFailure(room, thrown);
	}
}
