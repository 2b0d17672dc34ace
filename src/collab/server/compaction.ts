/**
 * Many updates into one, in a thread of its own: the only place of the server with a real `Y.Doc`.
 *
 * The thread is started from a string. A file of its own would have to be found again by the
 * bundler, by the development server and by the tests, each in its own way.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const Y = require(workerData.yjs);
parentPort.on('message', ({ job, parts }) => {
	try {
		const doc = new Y.Doc();
		doc.transact(() => parts.forEach((part) => Y.applyUpdate(doc, part)));
		const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
		if (pending) throw new Error('something is pending');
		parentPort.postMessage({ job, snapshot: Y.encodeStateAsUpdate(doc) });
		doc.destroy();
	} catch (thrown) {
		parentPort.postMessage({ job, failure: String(thrown && thrown.message) });
	}
});
`;

type Answer = { job: number; snapshot: Uint8Array } | { job: number; failure: string };

interface Waiting {
	resolve(snapshot: Uint8Array): void;
	reject(reason: Error): void;
}

export class Compactor {
	#worker: Worker | null = null;
	#jobs = 0;
	readonly #waiting = new Map<number, Waiting>();

	/** One update that holds all parts. Rejects when the parts are no whole document. */
	compact(parts: readonly Uint8Array[]): Promise<Uint8Array> {
		this.#worker ??= this.#start();
		const job = ++this.#jobs;
		const worker = this.#worker;
		return new Promise((resolve, reject) => {
			this.#waiting.set(job, { resolve, reject });
			worker.postMessage({ job, parts });
		});
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
	}

	#start(): Worker {
		const yjs = createRequire(import.meta.url).resolve('yjs');
		const worker = new Worker(PROGRAM, { eval: true, workerData: { yjs } });
		worker.on('message', (answer: Answer) => this.#done(answer));
		worker.on('error', (thrown) =>
			this.#ended(worker, new Error('the thread failed', { cause: thrown }))
		);
		worker.on('exit', () => this.#ended(worker, new Error('the thread ended')));
		worker.unref();
		return worker;
	}

	#done(answer: Answer): void {
		const waiting = this.#waiting.get(answer.job);
		this.#waiting.delete(answer.job);
		if ('snapshot' in answer) waiting?.resolve(answer.snapshot);
		else waiting?.reject(new Error(answer.failure));
	}

	#ended(worker: Worker, reason: Error): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		for (const { reject } of this.#waiting.values()) reject(reason);
		this.#waiting.clear();
	}
}
