/**
 * Certificates as PDF, drawn by a thread of their own: a tenth of a second on the
 * event loop would be felt by everybody who is writing a plan just then.
 *
 * What was drawn is kept by its content for as long as there is room, so that the
 * page can say the size and the download is ready.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Sheet } from '../sheet.ts';

/** Of the thread: read as it is by Node, like scripts/. */
const THREAD = 'src/lib/courses/certificates/server/printing.thread.ts';

/** A class of forty in two languages. */
const MOST_KEPT = 80;

interface Answer {
	readonly id: number;
	readonly pdf?: Uint8Array;
	readonly failed?: string;
}

interface Waiting {
	resolve(pdf: Uint8Array): void;
	reject(thrown: Error): void;
}

interface Press {
	readonly thread: Worker;
	readonly waiting: Map<number, Waiting>;
}

let press: Press | null = null;
let asked = 0;
/** Content → PDF, the one that was asked for last at the end. */
const kept = new Map<string, Promise<Uint8Array>>();

/** The PDF of a sheet; the same sheet is drawn once. */
export function printCertificate(sheet: Sheet): Promise<Uint8Array> {
	const key = createHash('sha256').update(JSON.stringify(sheet)).digest('hex');
	const known = kept.get(key) ?? print(sheet);
	kept.delete(key);
	kept.set(key, known);
	// What could not be drawn once may be drawn the next time.
	known.catch(() => kept.delete(key));
	for (const oldest of kept.keys()) {
		if (kept.size <= MOST_KEPT) break;
		kept.delete(oldest);
	}
	return known;
}

function print(sheet: Sheet): Promise<Uint8Array> {
	press ??= startPress();
	const { thread, waiting } = press;
	const id = ++asked;
	return new Promise((done, reject) => {
		waiting.set(id, { resolve: done, reject });
		thread.ref();
		thread.postMessage({ id, sheet });
	});
}

function startPress(): Press {
	const thread = new Worker(resolve(THREAD));
	const waiting = new Map<number, Waiting>();
	thread.on('message', ({ id, pdf, failed }: Answer) => {
		const one = waiting.get(id);
		waiting.delete(id);
		if (pdf) one?.resolve(pdf);
		else one?.reject(new Error(failed ?? 'not drawn'));
		// An idle thread keeps no program from ending.
		if (waiting.size === 0) thread.unref();
	});
	const broken = (thrown: Error) => {
		// After an error its end is told too, when another may be at work already.
		if (press?.thread === thread) press = null;
		for (const one of waiting.values()) one.reject(thrown);
	};
	thread.on('error', broken);
	thread.on('exit', () => broken(new Error('the thread that draws certificates has ended')));
	return { thread, waiting };
}
