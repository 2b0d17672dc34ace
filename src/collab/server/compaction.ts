/** Many updates into one, in a thread of its own, so that nobody who types has to wait for it. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import {
	compactionThread,
	type CompactionAnswer,
	type CompactionJob
} from './compaction-thread.ts';
import { Damaged } from './health.ts';

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

interface Waiting {
	resolve(compacted: Compacted): void;
	reject(reason: Error): void;
}

export class Compactor {
	#worker: Worker | null = null;
	#jobs = 0;
	readonly #waiting = new Map<number, Waiting>();

	/** One update that holds all parts. Rejects with `Damaged` when they are no whole document. */
	compact(parts: readonly Uint8Array[]): Promise<Compacted> {
		this.#worker ??= this.#start();
		const job = ++this.#jobs;
		const worker = this.#worker;
		const message = packed(job, parts);
		return new Promise((resolve, reject) => {
			this.#waiting.set(job, { resolve, reject });
			worker.postMessage(message, [message.bytes.buffer]);
		});
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
	}

	#start(): Worker {
		const { resolve } = createRequire(import.meta.url);
		const workerData = { yjs: resolve('yjs'), encoding: resolve('lib0/encoding') };
		const worker = new Worker(PROGRAM, { eval: true, workerData });
		worker.on('message', (answer: CompactionAnswer) => this.#done(answer));
		worker.on('error', (thrown) =>
			this.#ended(worker, new Error('the thread failed', { cause: thrown }))
		);
		worker.on('exit', () => this.#ended(worker, new Error('the thread ended')));
		worker.unref();
		return worker;
	}

	#done(answer: CompactionAnswer): void {
		const waiting = this.#waiting.get(answer.job);
		this.#waiting.delete(answer.job);
		if ('snapshot' in answer) waiting?.resolve(answer);
		else waiting?.reject(new Damaged(answer.failure));
	}

	#ended(worker: Worker, reason: Error): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		for (const { reject } of this.#waiting.values()) reject(reason);
		this.#waiting.clear();
	}
}

/** One piece of memory that is handed over, instead of hundreds that would be copied one by one. */
function packed(
	job: number,
	parts: readonly Uint8Array[]
): CompactionJob & { bytes: Uint8Array<ArrayBuffer> } {
	const lengths = Uint32Array.from(parts, ({ length }) => length);
	const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return { job, bytes, lengths };
}
