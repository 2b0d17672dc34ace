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
