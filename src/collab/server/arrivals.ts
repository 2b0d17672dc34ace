/**
 * Puts what the log has numbered into the order of its numbers, whoever has written it (SPEC [NODE3]).
 *
 * Our own windows and the news of other processes come in any order. Nothing is taken before what
 * it may rest on: where a number is missing, it is read from the log.
 */
import type { Since, StoredUpdate } from '#lib/platform/server/documents.ts';
import { persistently } from './patience.ts';
import { lastOf, type OwnWindow } from './queued.ts';

/** What another process says it has stored, or what was read from the log. */
export interface Foreign {
	readonly updates: readonly StoredUpdate[];
	readonly authors: Iterable<readonly [clientId: number, userId: string | null]>;
}

export interface ArrivalsTools {
	readonly epoch: number;
	readonly readSince: (seq: number) => Promise<Since | null>;
	/** @param have how far we had come: what a read of the log brought is not news any more */
	readonly takeOwn: (window: OwnWindow, have: number) => void;
	readonly takeForeign: (foreign: Foreign) => void;
	/** The document is gone, or another one now. */
	readonly onReplaced: () => void;
	/** The log cannot be read, or what it holds is damaged. */
	readonly onFailure: (thrown: unknown) => void;
}

export class Arrivals {
	readonly #tools: ArrivalsTools;
	/** Our own windows that wait for something before them. */
	readonly #waiting: OwnWindow[] = [];
	#head: number;
	/** The log is known to have come as far as this. */
	#known: number;
	#reading: Promise<void> | null = null;
	#ended = false;

	constructor(head: number, tools: ArrivalsTools) {
		this.#head = head;
		this.#known = head;
		this.#tools = tools;
	}

	get head(): number {
		return this.#head;
	}

	get isQuiet(): boolean {
		return this.#reading === null && this.#waiting.length === 0;
	}

	/** Nothing is taken any more. */
	end(): void {
		this.#ended = true;
		this.#waiting.length = 0;
	}

	/** A window of ours is in the log. */
	stored(window: OwnWindow): void {
		if (this.#ended) return;
		this.#waiting.push(window);
		this.#takeWaiting();
		void this.#read();
	}

	/** Another process has stored something, and says what. */
	told(foreign: Foreign): void {
		const [first] = foreign.updates;
		const last = foreign.updates.at(-1)?.seq ?? 0;
		if (this.#ended || !first || last <= this.#head) return;
		if (first.seq > this.#head + 1) return void this.noticed(last);
		this.#takeForeign(foreign, last);
		this.#takeWaiting();
	}

	/** The log has come as far as `seq`. Resolves when we have too, or never will. */
	async noticed(seq: number): Promise<void> {
		this.#known = Math.max(this.#known, seq);
		await this.#read();
	}

	/** Resolves when nothing is under way. */
	async settled(): Promise<void> {
		while (this.#reading) await this.#reading;
	}

	get #lacks(): boolean {
		return !this.#ended && (this.#waiting.length > 0 || this.#head < this.#known);
	}

	#read(): Promise<void> {
		if (!this.#lacks) return Promise.resolve();
		this.#reading ??= this.#readMissing();
		return this.#reading;
	}

	async #readMissing(): Promise<void> {
		try {
			while (this.#lacks) {
				const since = await persistently(() => this.#tools.readSince(this.#head), {
					isOver: () => this.#ended
				});
				if (this.#ended) return;
				if (since?.epoch !== this.#tools.epoch) {
					this.end();
					return this.#tools.onReplaced();
				}
				this.#bringIn(since);
			}
		} catch (thrown) {
			this.#fail(thrown);
		} finally {
			this.#reading = null;
		}
	}

	/** First what lies before our own windows, then whatever is still missing: it may hold them too. */
	#bringIn({ updates, authors }: Since): void {
		for (let own; (own = this.#waiting[0]);) {
			const { first } = own;
			const before = updates.filter(({ seq }) => seq > this.#head && seq < first);
			if (before.at(-1)?.seq !== first - 1) break;
			this.#takeForeign({ updates: before, authors }, first - 1);
			this.#takeWaiting();
		}
		const rest = updates.filter(({ seq }) => seq > this.#head);
		const last = rest.at(-1);
		if (last) this.#takeForeign({ updates: rest, authors }, last.seq);
		else if (this.#waiting.length > 0) throw new Error('the log lacks a number');
		// It does not hold what somebody has seen in it: asking again would go on for ever.
		else this.#known = this.#head;
		this.#takeWaiting();
	}

	#takeForeign(foreign: Foreign, last: number): void {
		const updates = foreign.updates.filter(({ seq }) => seq > this.#head);
		this.#head = last;
		try {
			this.#tools.takeForeign({ ...foreign, updates });
		} catch (thrown) {
			this.#fail(thrown);
		}
	}

	#fail(thrown: unknown): void {
		if (this.#ended) return;
		this.end();
		this.#tools.onFailure(thrown);
	}

	#takeWaiting(): void {
		for (let own; (own = this.#waiting[0]) && own.first <= this.#head + 1;) {
			this.#waiting.shift();
			const have = this.#head;
			this.#head = Math.max(have, lastOf(own));
			this.#tools.takeOwn(own, have);
		}
	}
}
