/**
 * The app of this process. Pages and sockets are two entries of one build and
 * must share it; in development every edit loads this module again, so it is
 * kept on globalThis.
 */
import { openApp, type App } from './app.ts';

type TheApp = App & { close(): Promise<void> };

const kept = globalThis as typeof globalThis & { rembuk?: Promise<TheApp> };

export function theApp(): Promise<TheApp> {
	kept.rembuk ??= openApp();
	return kept.rembuk;
}

/** Closes the database once; afterwards nothing may be asked of it. */
export async function closeTheApp(): Promise<void> {
	const open = kept.rembuk;
	delete kept.rembuk;
	await (await open)?.close();
}
