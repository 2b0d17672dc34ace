/** Rules of a transaction that hold on both engines, kept in one place so that they cannot drift apart. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** A transaction waits for no network; longer than this it only keeps others waiting. */
export const HOLD_MS = 10_000;

const current = new AsyncLocalStorage<{ running: boolean }>();

/**
 * Runs `work` as the one transaction of its async context. A `write` inside a `write` would wait
 * for itself on SQLite and deadlock on PostgreSQL, so it is refused on both.
 */
export async function asTransaction<T>(work: () => Promise<T>): Promise<T> {
	if (current.getStore()?.running) {
		throw new Error('write() inside write(): pass the tx down instead');
	}
	// What was started in here and is still alive after the end may write again.
	const mark = { running: true };
	try {
		return await current.run(mark, work);
	} finally {
		mark.running = false;
	}
}

/** Rejects when `work` takes too long. The work itself goes on, but its handle is useless by then. */
export async function withinTime<T>(work: () => Promise<T>, milliseconds: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<never>((_, reject) => {
		const refuse = () => reject(new Error(`write() held its transaction over ${milliseconds} ms`));
		timer = setTimeout(refuse, milliseconds);
	});
	try {
		return await Promise.race([work(), tooLate]);
	} finally {
		clearTimeout(timer);
	}
}

/** What waits for the commit of one transaction. */
export class AfterCommit {
	readonly #waiting: (() => void)[] = [];

	/** Keeps the context of whoever asked (the request, the language), but not its transaction. */
	readonly add = (tell: () => void): void => {
		this.#waiting.push(AsyncLocalStorage.bind(() => current.exit(tell)));
	};

	/** The commit stands: a listener that throws is reported, it cannot undo anything. */
	tellAll(): void {
		for (const tell of this.#waiting) {
			try {
				tell();
			} catch (thrown) {
				process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
			}
		}
	}
}
