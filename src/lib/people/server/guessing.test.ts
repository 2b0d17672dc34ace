import { createHook } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { session } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { aPerson, PASSWORD } from '../../../../tests/people.ts';
import type { Actor } from '../actor.ts';
import { confirmPassword, signIn } from './accounts.ts';
import { issueCode, redeemCode } from './codes.ts';
import { signedInBy, startSession } from './sessions.ts';
import { disableUser } from './staff.ts';

const NOW = new Date('2026-05-18T02:00:00Z');

let app: TestApp;
let sri: Actor;

beforeEach(async () => {
	app = await openTestApp({ now: NOW });
	sri = await aPerson(app, { name: 'Sri', password: PASSWORD });
});
afterEach(() => app.close());

function attempt(password: string, { device = 'hp', username = 'sri' } = {}) {
	const from = { device, address: null, userAgent: null };
	return signIn(app, { username, password, sharedPhone: false, ...from });
}

const redeem = (code: string, device = 'hp') =>
	redeemCode(app, {
		...{ username: 'sri', code, device },
		password: 'sungai batang hari',
		address: null
	});

/** How many of them ended with each word. */
async function ends(tries: readonly Promise<unknown>[]): Promise<Record<string, number>> {
	const words = await Promise.all(
		tries.map((one) => one.then(() => 'right').catch(({ code }: { code: string }) => code))
	);
	return Object.fromEntries(
		[...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length])
	);
}

const sentAtOnce = <T>(n: number, send: (n: number) => Promise<T>) =>
	ends(Array.from({ length: n }, (_, at) => send(at)));

/** Five are free, the sixth begins a wait: as if they had come one after the other. */
const SIX_OF_TWELVE = { invalid: 6, too_many: 6 };

describe('twelve guesses sent at once count as twelve', () => {
	test('at a password, from as many phones', async () => {
		const guess = (n: number) => attempt(`salah ${n}`, { device: `hp-${n}` });
		expect(await sentAtOnce(12, guess)).toEqual(SIX_OF_TWELVE);
	});

	test('at a password, from a phone that the account knows', async () => {
		await attempt(PASSWORD);
		expect(await sentAtOnce(12, (n) => attempt(`salah ${n}`))).toEqual(SIX_OF_TWELVE);
	});

	test('at a one-time code', async () => {
		await issueCode(app, null, sri.userId, { minutes: 10 });
		const guess = (n: number) => redeem(`AAAA-AAA${n % 10}`, `hp-${n}`);
		expect(await sentAtOnce(12, guess)).toEqual(SIX_OF_TWELVE);
	});

	test('at the password that is asked again', async () => {
		const guess = (n: number) => confirmPassword(app, sri, `salah ${n}`);
		expect(await sentAtOnce(12, guess)).toEqual(SIX_OF_TWELVE);
	});

	test('and a right one-time code sent twice at once opens once', async () => {
		const { code } = await issueCode(app, null, sri.userId, { minutes: 10 });
		const twice = (n: number) => redeem(code, `hp-${n}`);
		expect(await sentAtOnce(2, twice)).toEqual({ right: 1, invalid: 1 });
	});

	test('and a phone that the account knows does not stand in line behind them', async () => {
		await attempt(PASSWORD, { device: 'hp-sri' });
		let answered = 0;
		const strangers = Array.from({ length: 12 }, (_, n) =>
			attempt('salah', { device: `hp-${n}` }).catch(() => answered++)
		);
		await attempt(PASSWORD, { device: 'hp-sri' });
		expect(answered).toBeLessThan(12);
		await Promise.all(strangers);
	});
});

/** How many passwords were hashed meanwhile. */
async function hashesOf(work: () => Promise<unknown>): Promise<number> {
	let hashes = 0;
	const hook = createHook({
		init(_id, type) {
			if (/argon/i.test(type)) hashes++;
		}
	}).enable();
	await work().catch(() => {});
	hook.disable();
	return hashes;
}

describe('the work of refusing', () => {
	test('is the same for a name nobody has', async () => {
		expect(await hashesOf(() => attempt('salah'))).toBe(1);
		expect(await hashesOf(() => attempt('salah', { username: 'tidak.ada' }))).toBe(1);
	});

	test('is the same for a one-time code nobody was given', async () => {
		await issueCode(app, null, sri.userId, { minutes: 10 });
		expect(await hashesOf(() => redeem('AAAA-AAAA'))).toBe(1);
		await aPerson(app, { name: 'Budi' });
		const without = { code: 'AAAA-AAAA', password: 'sungai batang hari', device: 'hp' };
		const budi = () => redeemCode(app, { ...without, username: 'budi', address: null });
		expect(await hashesOf(budi)).toBe(1);
	});
});

describe('a disabled account', () => {
	const nation = { kind: 'nation' } as const;

	test('is answered as a wrong password and as a wrong code', async () => {
		const admin = await aPerson(app, { name: 'Ani', grants: [{ role: 'admin', scope: nation }] });
		const { code } = await issueCode(app, null, sri.userId, { minutes: 10 });
		await disableUser(app, admin, sri.userId);
		await expect(attempt(PASSWORD)).rejects.toMatchObject({ messageKey: 'people_refused_sign_in' });
		await expect(redeem(code)).rejects.toMatchObject({ messageKey: 'people_refused_code' });
	});

	test('has no session left, and whoever listens for that hears of it', async () => {
		const admin = await aPerson(app, { name: 'Ani', grants: [{ role: 'admin', scope: nation }] });
		const from = { kind: 'own_phone', userAgent: null } as const;
		const { token } = await startSession(app, { userId: sri.userId, ...from });
		const heard: string[] = [];
		app.events.on('session.ended', () => heard.push('session'));
		app.events.on('user.disabled', ({ userId }) => heard.push(userId));
		await disableUser(app, admin, sri.userId);
		expect(await app.db.read.select().from(session)).toEqual([]);
		expect(heard).toEqual(['session', sri.userId]);
		expect(await signedInBy(app, token)).toBeNull();
	});
});
