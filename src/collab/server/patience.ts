import { Refusal } from '#lib/platform/refusal.ts';

/**
 * Rejects with `unavailable` when `work` takes longer: a storage that does not answer is away. The
 * work itself goes on, but nobody waits for it.
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Refusal('unavailable', 'platform_refused_storage')), ms);
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
	for (let attempt = 0; ; attempt++) {
		try {
			return await ask();
		} catch (thrown) {
			if (!isAway(thrown)) throw thrown;
		}
		if (isOver()) return null;
		onAway?.();
		await pauseAfter(attempt);
		if (isOver()) return null;
	}
}

/** Before asking again: longer after each attempt, counted from 0. */
export function pauseAfter(attempt: number): Promise<void> {
	const waitMs = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
	return new Promise((resolve) => setTimeout(resolve, waitMs).unref());
}

/** Lets everything in that has arrived meanwhile. */
export function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
