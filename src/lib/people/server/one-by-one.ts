/**
 * Guesses at one thing, one after the other: a hundred that are sent at once would all be looked at
 * before the first of them is counted.
 *
 * In the memory of this process: of several nodes each lets one guess through at a time.
 */
const last = new Map<string, Promise<unknown>>();

/** Begins when everything asked for before under this key has ended, well or badly. */
export async function oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
	const mine = (last.get(key) ?? Promise.resolve()).then(work);
	const ended = mine.catch(() => {});
	last.set(key, ended);
	try {
		return await mine;
	} finally {
		if (last.get(key) === ended) last.delete(key);
	}
}
