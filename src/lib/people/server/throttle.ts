/**
 * Slows guessing down without shutting out a class: 40 phones behind one
 * address are one room, so an address alone counts only as in crowd.ts.
 *
 * Sign-in counts per account and per (account, device). Five failures in 15
 * minutes are free, then each costs a wait of 1, 2, 4 … 30 s. A device the
 * person has signed in from before is only slowed by its own failures.
 */
import { createHash } from 'node:crypto';
import { and, eq, inArray, lt } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { knownDevice, signInFailure } from '#lib/platform/server/db/schema/index.ts';
import { noteFailingAccount, refuseInCrowd } from './crowd.ts';
import { oneByOne } from './one-by-one.ts';

const FREE_FAILURES = 5;
const WINDOW_MS = 15 * 60_000;
const LONGEST_WAIT_MS = 30_000;

export const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const accountKey = (username: string) => digest(`account\n${username}`);
const deviceKey = (username: string, device: string) => digest(`device\n${username}\n${device}`);

interface Attempt {
	readonly username: string;
	/** A random name kept in a cookie of this browser. */
	readonly device: string;
	/** Where it comes from; null when that cannot be told, or does not matter. */
	readonly address: string | null;
	readonly userId: string | null;
}

async function isKnown(app: App, attempt: Attempt): Promise<boolean> {
	if (attempt.userId === null) return false;
	const hash = digest(attempt.device);
	const [known] = await app.db.read
		.select()
		.from(knownDevice)
		.where(and(eq(knownDevice.userId, attempt.userId), eq(knownDevice.deviceHash, hash)));
	return known !== undefined;
}

/**
 * One guess at an account: what `look` found, null when it was wrong, which is counted. Guesses from
 * phones that the account does not know come one after the other, those of a known phone among
 * themselves: nobody gains by sending many at once.
 *
 * Refuses with `too_many` and the seconds to wait, at once: nobody is kept hanging.
 */
export async function tryOnce<Found>(
	app: App,
	attempt: Attempt,
	look: () => Promise<Found | null>
): Promise<Found | null> {
	const known = await isKnown(app, attempt);
	const own = deviceKey(attempt.username, attempt.device);
	return oneByOne(known ? own : accountKey(attempt.username), async () => {
		await refuseWhileWaiting(app, attempt, known);
		const found = await look();
		if (found === null) await countFailure(app, attempt);
		return found;
	});
}

async function refuseWhileWaiting(app: App, attempt: Attempt, known: boolean): Promise<void> {
	const own = deviceKey(attempt.username, attempt.device);
	const keys = known ? [own] : [own, accountKey(attempt.username)];
	const now = app.now().getTime();
	const rows = await app.db.read
		.select({ waitUntil: signInFailure.waitUntil })
		.from(signInFailure)
		.where(inArray(signInFailure.key, keys));
	const until = Math.max(now, ...rows.map((row) => row.waitUntil.getTime()));
	const seconds = Math.ceil((until - now) / 1_000);
	if (seconds > 0) throw new Refusal('too_many', 'people_refused_wait', { seconds });
	if (!known && attempt.address) refuseInCrowd(app, attempt.address, attempt.device);
}

export async function countFailure(app: App, attempt: Attempt): Promise<void> {
	if (attempt.address) noteFailingAccount(app, attempt.address, attempt.username);
	const keys = [deviceKey(attempt.username, attempt.device), accountKey(attempt.username)];
	await countFor(app, keys, FREE_FAILURES, WINDOW_MS);
}

/** After a success, or when a facilitator lifts the wait: everything about this account starts afresh. */
export async function forgiveFailures(app: App, username: string, device?: string): Promise<void> {
	const keys = [accountKey(username), ...(device ? [deviceKey(username, device)] : [])];
	await app.db.write(async (tx) => {
		await tx.delete(signInFailure).where(inArray(signInFailure.key, keys));
	});
}

/** Counts a miss (a wrong join or reset code) under any key. */
export async function countMiss(app: App, key: string, windowMs = 60_000): Promise<void> {
	await countFor(app, [digest(`miss\n${key}`)], Number.POSITIVE_INFINITY, windowMs);
}

/** Refuses with `too_many` when `limit` misses were counted under the key within the window. */
export async function refuseWhenTooMany(
	app: App,
	key: string,
	limit: number,
	windowMs = 60_000
): Promise<void> {
	const [row] = await app.db.read
		.select()
		.from(signInFailure)
		.where(eq(signInFailure.key, digest(`miss\n${key}`)));
	if (!row || row.failures < limit) return;
	const leftMs = row.firstAt.getTime() + windowMs - app.now().getTime();
	if (leftMs <= 0) return;
	throw new Refusal('too_many', 'people_refused_wait', { seconds: Math.ceil(leftMs / 1_000) });
}

async function countFor(app: App, keys: string[], free: number, windowMs: number): Promise<void> {
	const now = app.now();
	await app.db.write(async (tx) => {
		for (const key of keys) {
			const [row] = await tx.select().from(signInFailure).where(eq(signInFailure.key, key));
			const fresh = !row || now.getTime() - row.firstAt.getTime() > windowMs;
			const failures = fresh ? 1 : row.failures + 1;
			const wait = failures > free ? 1_000 * 2 ** Math.min(failures - free - 1, 5) : 0;
			const counted = {
				failures,
				firstAt: fresh ? now : row.firstAt,
				waitUntil: new Date(now.getTime() + Math.min(wait, LONGEST_WAIT_MS))
			};
			await tx
				.insert(signInFailure)
				.values({ key, ...counted })
				.onConflictDoUpdate({ target: signInFailure.key, set: counted });
		}
	});
}

/** For the daily clean-up: rows whose window has long passed. */
export async function dropOldFailures(app: App): Promise<void> {
	const before = new Date(app.now().getTime() - 24 * 3_600_000);
	await app.db.write(async (tx) => {
		await tx.delete(signInFailure).where(lt(signInFailure.firstAt, before));
	});
}
