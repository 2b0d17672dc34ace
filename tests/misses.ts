import type { App } from '#lib/platform/server/app.ts';
import { signInFailure } from '#lib/platform/server/db/schema/index.ts';
import { digest } from '#lib/people/server/throttle.ts';

/** As if a code had been mistyped so often since a moment ago, by whoever. */
export async function missed(app: App, key: string, failures: number): Promise<void> {
	const now = app.now();
	const row = { key: digest(`miss\n${key}`), failures, firstAt: now, waitUntil: now };
	await app.db.write((tx) => tx.insert(signInFailure).values(row));
}
