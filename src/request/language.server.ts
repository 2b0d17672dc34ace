import { AsyncLocalStorage } from 'node:async_hooks';
import { overwriteServerAsyncLocalStorage } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/platform/calendar.ts';

const speaking = new AsyncLocalStorage<{ locale?: Locale; origin?: string }>();
overwriteServerAsyncLocalStorage(speaking);

/**
 * Every message within `work` is in this language. The address has said which: Paraglide's own
 * middleware would find that out again, and copy the request twice for it.
 */
export function inLanguage<T>(locale: Locale, origin: string, work: () => T): T {
	return speaking.run({ locale, origin }, work);
}
