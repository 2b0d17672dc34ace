/** From one page of a test to the next. */

/** Where a plain button leads once it has saved; null when that is for the server to say. */
export function pageAfter(form: HTMLFormElement, { search }: URL): string | null {
	const page = Number(/bagian=(\d+)/.exec(search)?.[1]);
	if (search.includes('/periksa')) return 'periksa';
	if (search.includes('/kembali')) return String(Math.max(1, page - 1));
	const last = form.querySelector('[formaction*="periksa"]') === null;
	if (search.includes('/lanjut')) return last ? 'periksa' : String(page + 1);
	return null;
}

const PATIENCE_MS = 8_000;

/** What is on the phone arrives later just as well: it does not hold up the next page for ever. */
export async function inTime(sending: Promise<unknown>): Promise<void> {
	let patience: ReturnType<typeof setTimeout> | undefined;
	const enough = new Promise((resolve) => (patience = setTimeout(resolve, PATIENCE_MS)));
	await Promise.race([sending, enough]);
	clearTimeout(patience);
}
