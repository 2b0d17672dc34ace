/** Many updates into one, in a thread of its own, so that nobody who types has to wait for it. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import {
	compactionThread,
	type CompactionAnswer,
	type CompactionJob
} from './compaction-thread.ts';
import { Damaged } from './health.ts';
import { defaultLimits, type Limits } from './limits.ts';

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const start = ${compactionThread.toString()};
start(require(workerData.yjs), require(workerData.encoding), parentPort);
`;

export interface Compacted {
	readonly snapshot: Uint8Array;
	/** What the guard must know of it, see `outline.ts`. */
	readonly outline: Uint8Array;
}

/** More than one turn of the thread may take: the document stays as it is, which loses nothing. */
export class TooMuch extends Error {}

interface Turn {
	resolve(compacted: Compacted): void;
	reject(reason: Error): void;
}

/** Of the heap; a document of 16 MiB in its worst shape takes about 300 MB. */
const MEMORY_MB = 512;
/** Between two documents: those that are written at the same pace all come at once, and edits share the writer with them. */
const REST_MS = 50;

export class Compactor {
	readonly #limits: Pick<Limits, 'compactMostBytes' | 'compactMs'>;
	#worker: Worker | null = null;
	#turn: Turn | null = null;
	#last: Promise<unknown> = Promise.resolve();
	#closed = false;
	#inHurry = false;

	constructor(limits: Pick<Limits, 'compactMostBytes' | 'compactMs'> = defaultLimits) {
		this.#limits = limits;
	}

	/**
	 * One update that holds all parts. Rejects with `Damaged` when they are no whole document, and
	 * with `TooMuch` when they are too large, or take too long or too much memory.
	 */
	compact(parts: readonly Uint8Array[]): Promise<Compacted> {
		const bytes = parts.reduce((sum, { length }) => sum + length, 0);
		if (bytes > this.#limits.compactMostBytes) return Promise.reject(new TooMuch(`${bytes} bytes`));
		// One after the other: if the thread has to be ended, no other document is concerned.
		const turn = this.#last.then(() => this.#take(parts));
		this.#last = turn.catch(() => {}).then(() => this.#rest());
		return turn;
	}

	/** No more pauses: it is to end, and nobody types any more. */
	hurry(): void {
		this.#inHurry = true;
	}

	async #rest(): Promise<void> {
		if (!this.#inHurry) await new Promise((resolve) => setTimeout(resolve, REST_MS).unref());
	}

	async close(): Promise<void> {
		this.#closed = true;
		await this.#worker?.terminate();
	}

	async #take(parts: readonly Uint8Array[]): Promise<Compacted> {
		if (this.#closed) throw new Error('no more compactions');
		const worker = (this.#worker ??= this.#start());
		const message = packed(parts);
		const { compactMs } = this.#limits;
		const timer = setTimeout(() => {
			this.#ended(worker, new TooMuch(`over ${compactMs} ms`));
			void worker.terminate();
		}, compactMs);
		timer.unref();
		try {
			return await new Promise((resolve, reject) => {
				this.#turn = { resolve, reject };
				worker.postMessage(message, [message.bytes.buffer]);
			});
		} finally {
			clearTimeout(timer);
		}
	}

	#start(): Worker {
		const { resolve } = createRequire(import.meta.url);
		const workerData = { yjs: resolve('yjs'), encoding: resolve('lib0/encoding') };
		const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
		const worker = new Worker(PROGRAM, { eval: true, workerData, resourceLimits });
		worker.on('message', (answer: CompactionAnswer) => this.#done(worker, answer));
		worker.on('error', (thrown) => this.#ended(worker, reasonOf(thrown)));
		worker.on('exit', () => this.#ended(worker, new Error('the thread ended')));
		worker.unref();
		return worker;
	}

	#done(worker: Worker, answer: CompactionAnswer): void {
		if (this.#worker !== worker) return;
		if ('snapshot' in answer) this.#turn?.resolve(answer);
		else this.#turn?.reject(new Damaged(answer.failure));
		this.#turn = null;
	}

	#ended(worker: Worker, reason: Error): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		this.#turn?.reject(reason);
		this.#turn = null;
	}
}

function reasonOf(thrown: unknown): Error {
	const isFull = (thrown as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY';
	return isFull ? new TooMuch('out of memory') : new Error('the thread failed', { cause: thrown });
}

/** One piece of memory that is handed over, instead of hundreds that would be copied one by one. */
function packed(parts: readonly Uint8Array[]): CompactionJob & { bytes: Uint8Array<ArrayBuffer> } {
	const lengths = Uint32Array.from(parts, ({ length }) => length);
	const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return { bytes, lengths };
}
