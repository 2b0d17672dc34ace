/**
 * A ceiling for guessing at many accounts from one address. A class of forty
 * never reaches it: it counts different accounts that failed, not failures, and
 * what it costs is a pause of seconds for phones the account does not know.
 *
 * Kept in the memory of this process alone: addresses of people are stored
 * nowhere. Several nodes count each for themselves.
 */
import { isIPv6 } from 'node:net';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';

/** safety.md calls it S8. */
const ACCOUNTS_MAY_FAIL = 60;
const WINDOW_MS = 10 * 60_000;
const PAUSE_MS = 5_000;

/** What is remembered at most, so that no flood of addresses or devices fills the memory. */
const MOST_ADDRESSES = 10_000;
const MOST_PAUSES = 10_000;

interface Crowd {
	/** Per address, the accounts that failed, longest ago first, with the time in milliseconds. */
	readonly failing: Map<string, Map<string, number>>;
	/** Per address and device, since when it waits, in milliseconds. */
	readonly pauses: Map<string, number>;
}

/** All that is asked of an app here; the crowd it knows hangs on it. */
type Clock = Pick<App, 'now'>;

const crowds = new WeakMap<Clock, Crowd>();

function crowdOf(app: Clock): Crowd {
	const known = crowds.get(app);
	if (known) return known;
	const fresh: Crowd = { failing: new Map(), pauses: new Map() };
	crowds.set(app, fresh);
	return fresh;
}

export function noteFailingAccount(app: Clock, address: string, username: string): void {
	const { failing } = crowdOf(app);
	const place = placeOf(address);
	const accounts = failing.get(place) ?? new Map<string, number>();
	putLast(accounts, username, app.now().getTime(), ACCOUNTS_MAY_FAIL + 1);
	putLast(failing, place, accounts, MOST_ADDRESSES);
}

/**
 * Refuses with `too_many` and the seconds of the pause when too many accounts
 * have failed here. A device that has waited may try once, then waits again.
 */
export function refuseInCrowd(app: Clock, address: string, device: string): void {
	const { failing, pauses } = crowdOf(app);
	const place = placeOf(address);
	const now = app.now().getTime();
	const times = [...(failing.get(place)?.values() ?? [])];
	if (times.filter((at) => now - at < WINDOW_MS).length <= ACCOUNTS_MAY_FAIL) return;
	const key = `${place} ${device}`;
	const since = pauses.get(key) ?? now;
	const leftMs = since + PAUSE_MS - now;
	if (leftMs <= 0) {
		pauses.delete(key);
		return;
	}
	putLast(pauses, key, since, MOST_PAUSES);
	throw new Refusal('too_many', 'people_refused_wait', { seconds: Math.ceil(leftMs / 1_000) });
}

/** As the newest; the oldest goes when there are more than `most`. */
function putLast<T>(map: Map<string, T>, key: string, value: T, most: number): void {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= most) return;
		map.delete(oldest);
	}
}

/** An IPv6 household has 2^64 addresses: its first half stands for all of them. */
function placeOf(address: string): string {
	if (!isIPv6(address)) return address;
	const asIPv4 = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
	if (asIPv4) return asIPv4;
	const [head = '', tail] = address.toLowerCase().split('::');
	const before = head.split(':').filter(Boolean);
	const after = tail === undefined ? [] : tail.split(':').filter(Boolean);
	const between = Array.from({ length: 8 - before.length - after.length }, () => '0');
	const groups = [...before, ...between, ...after].slice(0, 4);
	return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
