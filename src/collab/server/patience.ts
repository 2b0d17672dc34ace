import { Refusal } from '#lib/platform/refusal.ts';

/** Rejects when `work` takes longer; the work itself goes on, but nobody waits for it. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('took too long')), ms);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** As `within`, for work that is worth waiting for but not worth failing for. */
export async function withinOrNot(ms: number, work: Promise<unknown>): Promise<void> {
	await within(ms, work).catch(() => {});
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

interface Patience {
	/** Nobody needs it any more: then null comes of it. */
	readonly isOver: () => boolean;
	readonly onAway?: () => void;
}

/** Whether the storage cannot be reached or written right now; anything else would fail again. */
export const isAway = (thrown: unknown): thrown is Refusal =>
	thrown instanceof Refusal && thrown.code === 'unavailable';

/** Asks the storage again for as long as it is away; whatever else is thrown rejects. */
export async function persistently<T>(
	ask: () => Promise<T>,
	{ isOver, onAway }: Patience
): Promise<T | null> {
	for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
		try {
			return await ask();
		} catch (thrown) {
			if (!isAway(thrown)) throw thrown;
		}
		if (isOver()) return null;
		onAway?.();
		await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
		if (isOver()) return null;
	}
}

/** Lets everything in that has arrived meanwhile. */
export function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
