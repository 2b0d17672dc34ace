import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import {
	auditEntry,
	knownDevice,
	passwordCode,
	session,
	user
} from '#lib/platform/server/db/schema/index.ts';
import { changePassword, correctName, createAccount, takeResetNotice } from './accounts.ts';
import { issueCode, redeemCode } from './codes.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import { actorOfCookieHeader, signedInBy, startSession } from './sessions.ts';
import { MINUTE, openFrontDoor, right } from './front-door.harness.ts';
import { countFailure } from './throttle.ts';

/** The address behind which a class sits. */
const ROOM = '203.0.113.7';

const door = openFrontDoor();

describe('signing in', () => {
	test('capitals and blanks around a user name do not matter', async () => {
		await door.sri();
		const { cookie } = await door.attempt(right, 'hp', '  SRI.Rahayu ');
		expect((await signedInBy(door.app, cookie.value))?.actor.name).toBe('Sri');
	});

	test('a blank inside it is a dot, when it is chosen and when it is typed', async () => {
		const wanted = { name: 'Bu Sri', username: 'Bu  Sri', password: right, consents: [] };
		const { userId } = await createAccount(door.app, wanted);
		for (const username of ['bu.sri', ' Bu Sri']) {
			expect((await door.attempt(right, 'hp', username)).userId).toBe(userId);
		}
	});

	test('the database holds a hash of the token, never the token', async () => {
		const { token } = await door.signedIn();
		const rows = await door.app.db.read.select().from(session);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(await signedInBy(door.app, rows[0]?.id)).toBeNull();
	});

	test('an unknown name and a wrong password get the same answer', async () => {
		await door.sri();
		const wrong = await door.attempt('bukan ini ya').catch((refusal: unknown) => refusal);
		const unknown = await door
			.attempt(right, 'hp', 'tidak.ada')
			.catch((refusal: unknown) => refusal);
		expect(wrong).toMatchObject({ code: 'invalid', messageKey: 'people_refused_sign_in' });
		expect(unknown).toEqual(wrong);
	});

	test('five mistakes are free, the sixth costs a wait that passes', async () => {
		await door.sri();
		for (let n = 0; n < 6; n++) await door.attempt('salah').catch(() => {});
		await expect(door.attempt(right)).rejects.toMatchObject({
			code: 'too_many',
			details: { seconds: 1 }
		});
		door.later(1_000);
		await expect(door.attempt(right)).resolves.toBeTruthy();
	});

	test('fifty wrong passwords never cost more than half a minute, and nobody is locked out', async () => {
		await door.sri();
		for (let n = 0; n < 50; n++) {
			await door.attempt('salah').catch(() => {});
			door.later(30_000);
		}
		await expect(door.attempt(right)).resolves.toBeTruthy();
	});

	test('forty people behind one address do not slow each other down', async () => {
		await door.sri();
		for (let n = 0; n < 40; n++) {
			await door.attempt('salah', `hp-${n}`, `orang.${n}`, ROOM).catch(() => {});
		}
		await expect(door.attempt(right, 'hp-sri', 'sri.rahayu', ROOM)).resolves.toBeTruthy();
	});

	test('strangers who guess at an account do not delay a phone it knows', async () => {
		await door.sri();
		await door.attempt(right, 'hp-sri');
		for (let n = 0; n < 10; n++) await door.attempt('salah', `asing-${n}`).catch(() => {});
		await expect(door.attempt(right, 'hp-baru')).rejects.toMatchObject({ code: 'too_many' });
		await expect(door.attempt(right, 'hp-sri')).resolves.toBeTruthy();
		const devices = await door.app.db.read.select().from(knownDevice);
		expect(JSON.stringify(devices)).not.toContain('hp-sri');
	});

	test('where more than sixty accounts fail a new phone pauses, a known one does not', async () => {
		await door.sri();
		await door.attempt(right, 'hp-sri');
		for (let n = 0; n <= 60; n++) {
			const somebody = { username: `orang.${n}`, device: `hp-${n}`, userId: null, address: ROOM };
			await countFailure(door.app, somebody);
		}
		await expect(door.attempt(right, 'hp-baru', 'sri.rahayu', ROOM)).rejects.toMatchObject({
			code: 'too_many',
			details: { seconds: 5 }
		});
		await expect(door.attempt(right, 'hp-sri', 'sri.rahayu', ROOM)).resolves.toBeTruthy();
		await expect(door.attempt(right, 'hp-lain', 'sri.rahayu', '203.0.113.8')).resolves.toBeTruthy();
		door.later(5_000);
		await expect(door.attempt(right, 'hp-baru', 'sri.rahayu', ROOM)).resolves.toBeTruthy();
	});

	test('a badly encoded cookie of somebody else harms nobody', async () => {
		const { token } = await door.signedIn();
		const header = `rusak=%E0%A4%A; sesi=${token}; __Host-sesi=${token}`;
		expect((await actorOfCookieHeader(door.app, header))?.name).toBe('Sri');
		expect(await actorOfCookieHeader(door.app, 'rusak=%')).toBeNull();
	});
});

describe('a password', () => {
	test('is kept as argon2id and takes equally long to refuse for a name without one', async () => {
		const stored = await hashPassword(right);
		expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await verifyPassword(stored, right)).toBe(true);
		expect(await verifyPassword(stored, `${right} `)).toBe(false);
		expect(await verifyPassword(null, right)).toBe(false);
		expect(isOutdated(stored)).toBe(false);
		expect(isOutdated(stored.replace('m=19456', 'm=4096'))).toBe(true);
	});

	test.each([
		'pendek',
		'perpustakaan',
		'Perpusnas2026',
		'1234567890',
		'aaaaaaaaaaaa',
		'sri.rahayu1'
	])('%s is refused', async (password) => {
		const wanted = { name: 'Sri', username: 'sri.rahayu', password, consents: [] };
		await expect(createAccount(door.app, wanted)).rejects.toMatchObject({ code: 'invalid' });
	});

	test('when changed, ends every other session', async () => {
		const { userId, actor, token } = await door.signedIn();
		const other = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		const change = (present: string) =>
			changePassword(door.app, actor, { present, wanted: 'padi menguning' });
		await expect(change('salah')).rejects.toMatchObject({ code: 'invalid' });
		await change(right);
		expect(await signedInBy(door.app, other.token)).toBeNull();
		expect(await signedInBy(door.app, token)).not.toBeNull();
		await expect(door.attempt('padi menguning')).resolves.toBeTruthy();
	});

	test('a name that is taken is refused as such', async () => {
		await door.sri();
		await expect(door.sri()).rejects.toMatchObject({ messageKey: 'people_refused_username_taken' });
	});
});

describe('a name', () => {
	test('is set right by the person, in every session at once, and that is noted', async () => {
		const { userId, token, actor } = await door.signedIn();
		await correctName(door.app, actor, 'Sri Rahayu, A.Md.');
		expect((await signedInBy(door.app, token))?.actor.name).toBe('Sri Rahayu, A.Md.');
		const [noted] = await door.app.db.read
			.select()
			.from(auditEntry)
			.where(eq(auditEntry.action, 'name.corrected'));
		expect(noted).toMatchObject({ actorId: userId, object: `user:${userId}` });
	});

	test('of others stays as it is', async () => {
		const { actor } = await door.signedIn();
		const budi = await createAccount(door.app, {
			name: 'Budi',
			username: 'budi',
			password: right,
			consents: ['account']
		});
		await correctName(door.app, actor, 'Sri Rahayu');
		const [other] = await door.app.db.read.select().from(user).where(eq(user.id, budi.userId));
		expect(other?.name).toBe('Budi');
	});
});

describe('a one-time code', () => {
	const redeem = (code: string, device = 'hp') =>
		redeemCode(door.app, {
			username: 'sri.rahayu',
			code,
			password: 'sungai batang hari',
			device,
			address: null
		});

	test('sets a new password, ends the sessions, works once', async () => {
		const { userId, token } = await door.signedIn();
		const { code } = await issueCode(door.app, null, userId, { minutes: 10 });
		await redeem(code.toLowerCase().replace('-', ' '));
		expect(await signedInBy(door.app, token)).toBeNull();
		await expect(door.attempt('sungai batang hari')).resolves.toBeTruthy();
		await expect(redeem(code, 'hp-2')).rejects.toMatchObject({ code: 'invalid' });
	});

	test('is refused when it is too old, and when it was guessed at five times', async () => {
		const userId = await door.sri();
		const { code } = await issueCode(door.app, null, userId, { minutes: 10 });
		door.later(11 * MINUTE);
		await expect(redeem(code)).rejects.toMatchObject({ messageKey: 'people_refused_code' });
		const fresh = await issueCode(door.app, null, userId, { minutes: 10 });
		for (let n = 0; n < 5; n++) await redeem('AAAA-AAAA', `tebak-${n}`).catch(() => {});
		door.later(30_000);
		await expect(redeem(fresh.code)).rejects.toMatchObject({ messageKey: 'people_refused_code' });
	});

	test('from somebody else is told about, unless it chooses the first password', async () => {
		const { actor, userId } = await door.signedIn();
		const { code } = await issueCode(door.app, actor, userId, { minutes: 10 });
		expect((await redeem(code)).first).toBe(false);
		expect(await takeResetNotice(door.app, actor)).toEqual(door.now);
		expect(await takeResetNotice(door.app, actor)).toBeNull();

		await door.app.db.write((tx) => tx.update(user).set({ passwordHash: null }));
		const firstCode = await issueCode(door.app, actor, userId, { minutes: 10 });
		expect((await redeem(firstCode.code)).first).toBe(true);
		expect(await takeResetNotice(door.app, actor)).toBeNull();
	});

	test('is nowhere in the database as it was shown', async () => {
		const userId = await door.sri();
		const { code } = await issueCode(door.app, null, userId, { minutes: 10 });
		const rows = JSON.stringify(await door.app.db.read.select().from(passwordCode));
		expect(rows).not.toContain(code);
		expect(rows).not.toContain(code.replace('-', ''));
	});
});
