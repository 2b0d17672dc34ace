/** What of one document waits for the log, and who waits with it (SPEC [ORD5], [LIM8]). */
import type { Limits } from './limits.ts';
import type { Peer } from './peer.ts';
import type { Addition, Queued } from './queued.ts';

/** What the guard found out about an update takes memory as well. */
const OVERHEAD_BYTES = 256;

export class Waiting {
	readonly #limits: Limits;
	#queue: Queued[] = [];
	#queuedAtMs = -Infinity;
	/** Handed to the log, not confirmed yet. */
	#storing = false;
	#bytes = 0;
	/** Who has been told that the storage takes nothing now; null while it does. */
	#told: Set<Peer> | null = null;
	#place: PromiseWithResolvers<void> | null = null;

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	get isEmpty(): boolean {
		return this.#queue.length === 0 && !this.#storing;
	}

	/** Null while there is place for more; otherwise resolves when there may be, or never will be. */
	placeFor(peer: Peer): Promise<void> | null {
		if (this.#bytes <= this.#limits.unstoredBytes) return null;
		this.#tell(peer);
		this.#place ??= Promise.withResolvers();
		return this.#place.promise;
	}

	/**
	 * Without an addition it is an answer that may not be given before what is queued is on the disk.
	 * Returns whether the document was quiet until now.
	 */
	add(peer: Peer, addition: Addition | null): boolean {
		this.#queue.push({ peer, answers: 1 + peer.early, addition });
		peer.early = 0;
		this.#bytes += bytesOf(addition);
		this.#tell(peer);
		const now = performance.now();
		const first = now - this.#queuedAtMs > this.#limits.quietMs;
		this.#queuedAtMs = now;
		return first;
	}

	take(): Queued[] {
		const queue = this.#queue;
		this.#queue = [];
		this.#storing = true;
		return queue;
	}

	/** The log does not take it now and is asked again; who waits is told why. */
	delayed(queue: readonly Queued[]): void {
		this.#told ??= new Set();
		for (const { peer } of queue) this.#tell(peer);
		for (const { peer } of this.#queue) this.#tell(peer);
	}

	/** The acknowledgement that follows takes back what `delayed` has told. */
	stored(queue: readonly Queued[]): void {
		this.#storing = false;
		this.#told = null;
		for (const { addition } of queue) this.#bytes -= bytesOf(addition);
		if (this.#bytes <= this.#limits.unstoredBytes) this.#makePlace();
	}

	/** Nothing is stored any more. */
	end(): void {
		this.#storing = false;
		this.#bytes = 0;
		this.#makePlace();
	}

	#makePlace(): void {
		this.#place?.resolve();
		this.#place = null;
	}

	#tell(peer: Peer): void {
		if (!this.#told || this.#told.has(peer)) return;
		this.#told.add(peer);
		peer.notify({ code: 'not_saved', reason: 'storage' });
	}
}

const bytesOf = (addition: Addition | null): number =>
	addition ? addition.update.length + OVERHEAD_BYTES : 0;
