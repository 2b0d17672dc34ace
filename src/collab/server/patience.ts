/** Rejects when `work` takes longer; the work itself goes on, but nobody waits for it. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('took too long')), ms);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
