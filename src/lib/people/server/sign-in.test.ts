import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { auditEntry, knownDevice, session, user } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp } from '../../../../tests/open-app.ts';
import { changePassword, correctName, createAccount, signIn } from './accounts.ts';
import { issueCode, redeemCode } from './codes.ts';
import { grantRole } from './grants.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import {
	actorOfCookieHeader,
	dropExpiredSessions,
	endOwnSession,
	endSessions,
	sessionsOf,
	signedInBy,
	startSession,
	whoseSessionRanOut
} from './sessions.ts';
import { isSetupLinkGood, issueSetupLink, makeFirstAdmin } from './setup.ts';
import { audit, firstBrokenEntry } from './audit.ts';
import { createStaff, listStaff, revokeStaffGrant } from './staff.ts';
import { countFailure } from './throttle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The address behind which a class sits. */
const ROOM = '203.0.113.7';
const right = 'kuda biru di sawah';

let now: Date;
let app: Awaited<ReturnType<typeof openTestApp>>;

beforeEach(async () => {
	now = new Date('2026-05-18T02:00:00Z');
	app = await openTestApp({ now: () => now });
});
afterEach(() => app.close());

const later = (ms: number) => (now = new Date(now.getTime() + ms));

async function sri(): Promise<string> {
	const made = await createAccount(app, {
		name: 'Sri',
		username: 'Sri.Rahayu',
		password: right,
		consents: ['account']
	});
	return made.userId;
}

function attempt(
	password: string,
	device = 'hp-sri',
	username = 'sri.rahayu',
	address: string | null = null
) {
	const from = { device, address, userAgent: null };
	return signIn(app, { username, password, sharedPhone: false, ...from });
}

async function signedIn(kind: 'own_phone' | 'shared_phone' = 'own_phone') {
	const userId = await sri();
	const { token } = await startSession(app, { userId, kind, userAgent: 'Chrome Android' });
	const found = await signedInBy(app, token);
	if (!found) throw new Error('the session just begun is not there');
	return { userId, token, actor: found.actor };
}

describe('signing in', () => {
	test('capitals and blanks around a user name do not matter', async () => {
		await sri();
		const { cookie } = await attempt(right, 'hp', '  SRI.Rahayu ');
		expect((await signedInBy(app, cookie.value))?.actor.name).toBe('Sri');
	});

	test('a blank inside it is a dot, when it is chosen and when it is typed', async () => {
		const wanted = { name: 'Bu Sri', username: 'Bu  Sri', password: right, consents: [] };
		const { userId } = await createAccount(app, wanted);
		for (const username of ['bu.sri', ' Bu Sri']) {
			expect((await attempt(right, 'hp', username)).userId).toBe(userId);
		}
	});

	test('the database holds a hash of the token, never the token', async () => {
		const { token } = await signedIn();
		const rows = await app.db.read.select().from(session);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(await signedInBy(app, rows[0]?.id)).toBeNull();
	});

	test('an unknown name and a wrong password get the same answer', async () => {
		await sri();
		const wrong = await attempt('bukan ini ya').catch((refusal: unknown) => refusal);
		const unknown = await attempt(right, 'hp', 'tidak.ada').catch((refusal: unknown) => refusal);
		expect(wrong).toMatchObject({ code: 'invalid', messageKey: 'people_refused_sign_in' });
		expect(unknown).toEqual(wrong);
	});

	test('five mistakes are free, the sixth costs a wait that passes', async () => {
		await sri();
		for (let n = 0; n < 6; n++) await attempt('salah').catch(() => {});
		await expect(attempt(right)).rejects.toMatchObject({
			code: 'too_many',
			details: { seconds: 1 }
		});
		later(1_000);
		await expect(attempt(right)).resolves.toBeTruthy();
	});

	test('fifty wrong passwords never cost more than half a minute, and nobody is locked out', async () => {
		await sri();
		for (let n = 0; n < 50; n++) {
			await attempt('salah').catch(() => {});
			later(30_000);
		}
		await expect(attempt(right)).resolves.toBeTruthy();
	});

	test('forty people behind one address do not slow each other down', async () => {
		await sri();
		for (let n = 0; n < 40; n++) {
			await attempt('salah', `hp-${n}`, `orang.${n}`, ROOM).catch(() => {});
		}
		await expect(attempt(right, 'hp-sri', 'sri.rahayu', ROOM)).resolves.toBeTruthy();
	});

	test('strangers who guess at an account do not delay a phone it knows', async () => {
		await sri();
		await attempt(right, 'hp-sri');
		for (let n = 0; n < 10; n++) await attempt('salah', `asing-${n}`).catch(() => {});
		await expect(attempt(right, 'hp-baru')).rejects.toMatchObject({ code: 'too_many' });
		await expect(attempt(right, 'hp-sri')).resolves.toBeTruthy();
		const devices = await app.db.read.select().from(knownDevice);
		expect(JSON.stringify(devices)).not.toContain('hp-sri');
	});

	test('where more than sixty accounts fail a new phone pauses, a known one does not', async () => {
		await sri();
		await attempt(right, 'hp-sri');
		for (let n = 0; n <= 60; n++) {
			const somebody = { username: `orang.${n}`, device: `hp-${n}`, userId: null, address: ROOM };
			await countFailure(app, somebody);
		}
		await expect(attempt(right, 'hp-baru', 'sri.rahayu', ROOM)).rejects.toMatchObject({
			code: 'too_many',
			details: { seconds: 5 }
		});
		await expect(attempt(right, 'hp-sri', 'sri.rahayu', ROOM)).resolves.toBeTruthy();
		await expect(attempt(right, 'hp-lain', 'sri.rahayu', '203.0.113.8')).resolves.toBeTruthy();
		later(5_000);
		await expect(attempt(right, 'hp-baru', 'sri.rahayu', ROOM)).resolves.toBeTruthy();
	});

	test('a badly encoded cookie of somebody else harms nobody', async () => {
		const { token } = await signedIn();
		const header = `rusak=%E0%A4%A; sesi=${token}; __Host-sesi=${token}`;
		expect((await actorOfCookieHeader(app, header))?.name).toBe('Sri');
		expect(await actorOfCookieHeader(app, 'rusak=%')).toBeNull();
	});
});

describe('a session', () => {
	test('on one’s own phone lasts a week unused and a month at most', async () => {
		const { token } = await signedIn();
		for (let day = 0; day < 28; day += 4) {
			later(4 * DAY);
			expect(await signedInBy(app, token)).not.toBeNull();
		}
		later(3 * DAY);
		expect(await signedInBy(app, token)).toBeNull();
	});

	test('ends when a week has passed without use', async () => {
		const { token } = await signedIn();
		later(8 * DAY);
		expect(await signedInBy(app, token)).toBeNull();
	});

	test('on a shared phone ends with the browser and after half an hour', async () => {
		const userId = await sri();
		const { token, cookie } = await startSession(app, {
			userId,
			kind: 'shared_phone',
			userAgent: null
		});
		expect(cookie.attributes.maxAge).toBeUndefined();
		later(31 * MINUTE);
		expect(await signedInBy(app, token)).toBeNull();
	});

	test('of staff is shorter, whatever phone it is', async () => {
		const userId = await sri();
		await app.db.write((tx) =>
			grantRole(tx, {
				userId,
				role: 'officer',
				scope: { kind: 'nation' },
				grantedBy: null,
				at: now
			})
		);
		const { token } = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		later(13 * HOUR);
		expect(await signedInBy(app, token)).toBeNull();
	});

	test('is listed and can be ended, but not by somebody else', async () => {
		const { userId, actor } = await signedIn();
		const other = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		expect(await sessionsOf(app, actor)).toHaveLength(2);
		const [strange] = (await sessionsOf(app, actor)).filter((held) => !held.current);
		await endOwnSession(app, { ...actor, userId: 'somebody' }, strange?.id ?? '');
		expect(await signedInBy(app, other.token)).not.toBeNull();
		const ended: string[] = [];
		app.events.on('session.ended', ({ sessionId }) => ended.push(sessionId));
		await endSessions(app, userId, actor.sessionId);
		expect(ended).toEqual([strange?.id]);
		expect(await signedInBy(app, other.token)).toBeNull();
	});

	test('that ran out says for a day whose it was; one that somebody ended does not', async () => {
		const { userId, token } = await signedIn('shared_phone');
		expect(await whoseSessionRanOut(app, token)).toBeNull();
		later(31 * MINUTE);
		expect(await signedInBy(app, token)).toBeNull();
		expect(await whoseSessionRanOut(app, token)).toBe(userId);
		await dropExpiredSessions(app);
		expect(await whoseSessionRanOut(app, token)).toBe(userId);
		later(DAY);
		expect(await whoseSessionRanOut(app, token)).toBeNull();
		await dropExpiredSessions(app);
		expect(await app.db.read.select().from(session)).toEqual([]);

		const other = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		await endSessions(app, userId);
		expect(await whoseSessionRanOut(app, other.token)).toBeNull();
		expect(await whoseSessionRanOut(app, undefined)).toBeNull();
	});

	test('of a disabled account is over', async () => {
		const { userId, token } = await signedIn();
		await app.db.write(async (tx) => {
			await tx.update(user).set({ disabledAt: now }).where(eq(user.id, userId));
		});
		expect(await signedInBy(app, token)).toBeNull();
		later(8 * DAY);
		expect(await whoseSessionRanOut(app, token)).toBeNull();
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
		await expect(createAccount(app, wanted)).rejects.toMatchObject({ code: 'invalid' });
	});

	test('when changed, ends every other session', async () => {
		const { userId, actor, token } = await signedIn();
		const other = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		const change = (present: string) =>
			changePassword(app, actor, { present, wanted: 'padi menguning' });
		await expect(change('salah')).rejects.toMatchObject({ code: 'invalid' });
		await change(right);
		expect(await signedInBy(app, other.token)).toBeNull();
		expect(await signedInBy(app, token)).not.toBeNull();
		await expect(attempt('padi menguning')).resolves.toBeTruthy();
	});

	test('a name that is taken is refused as such', async () => {
		await sri();
		await expect(sri()).rejects.toMatchObject({ messageKey: 'people_refused_username_taken' });
	});
});

describe('a name', () => {
	test('is set right by the person, in every session at once, and that is noted', async () => {
		const { userId, token, actor } = await signedIn();
		await correctName(app, actor, 'Sri Rahayu, A.Md.');
		expect((await signedInBy(app, token))?.actor.name).toBe('Sri Rahayu, A.Md.');
		const [noted] = await app.db.read
			.select()
			.from(auditEntry)
			.where(eq(auditEntry.action, 'name.corrected'));
		expect(noted).toMatchObject({ actorId: userId, object: `user:${userId}` });
	});

	test('of others stays as it is', async () => {
		const { actor } = await signedIn();
		const budi = await createAccount(app, {
			name: 'Budi',
			username: 'budi',
			password: right,
			consents: ['account']
		});
		await correctName(app, actor, 'Sri Rahayu');
		const [other] = await app.db.read.select().from(user).where(eq(user.id, budi.userId));
		expect(other?.name).toBe('Budi');
	});
});

describe('a one-time code', () => {
	const redeem = (code: string, device = 'hp') =>
		redeemCode(app, {
			username: 'sri.rahayu',
			code,
			password: 'sungai batang hari',
			device,
			address: null
		});

	test('sets a new password, ends the sessions, works once', async () => {
		const { userId, token } = await signedIn();
		const { code } = await issueCode(app, null, userId, { minutes: 10 });
		await redeem(code.toLowerCase().replace('-', ' '));
		expect(await signedInBy(app, token)).toBeNull();
		await expect(attempt('sungai batang hari')).resolves.toBeTruthy();
		await expect(redeem(code, 'hp-2')).rejects.toMatchObject({ code: 'invalid' });
	});

	test('is refused when it is too old, and when it was guessed at five times', async () => {
		const userId = await sri();
		const { code } = await issueCode(app, null, userId, { minutes: 10 });
		later(11 * MINUTE);
		await expect(redeem(code)).rejects.toMatchObject({ messageKey: 'people_refused_code' });
		const fresh = await issueCode(app, null, userId, { minutes: 10 });
		for (let n = 0; n < 5; n++) await redeem('AAAA-AAAA', `tebak-${n}`).catch(() => {});
		later(30_000);
		await expect(redeem(fresh.code)).rejects.toMatchObject({ messageKey: 'people_refused_code' });
	});

	test('is nowhere in the database as it was shown', async () => {
		const userId = await sri();
		const { code } = await issueCode(app, null, userId, { minutes: 10 });
		const { passwordCode } = await import('#lib/platform/server/db/schema/index.ts');
		const rows = JSON.stringify(await app.db.read.select().from(passwordCode));
		expect(rows).not.toContain(code);
		expect(rows).not.toContain(code.replace('-', ''));
	});
});

describe('the first admin', () => {
	const person = { name: 'Ani', username: 'ani.admin', password: 'hujan di bulan juni' };

	const newLink = async () => (await issueSetupLink(app)) ?? '';

	test('is made by a link that works once', async () => {
		const token = await newLink();
		const made = await makeFirstAdmin(app, { ...person, token });
		expect(made.userId).toBeTruthy();
		const again = makeFirstAdmin(app, { ...person, username: 'budi.admin', token });
		await expect(again).rejects.toMatchObject({ code: 'not_found' });
	});

	test('cannot be made with a link older than half an hour or replaced by a newer one', async () => {
		const old = await newLink();
		later(31 * MINUTE);
		expect(await isSetupLinkGood(app, old)).toBe(false);
		const late = makeFirstAdmin(app, { ...person, token: old });
		await expect(late).rejects.toMatchObject({ code: 'not_found' });
		const replaced = await newLink();
		later(2 * MINUTE);
		expect(await newLink()).not.toBe('');
		expect(await isSetupLinkGood(app, replaced)).toBe(false);
	});

	test('has one link to use, also when several processes start together', async () => {
		const issued = await Promise.all([issueSetupLink(app), issueSetupLink(app)]);
		const links = issued.filter((link) => link !== null);
		// SQLite has one process, and each of its starts prints a link that counts.
		expect(links).toHaveLength(app.bus ? 1 : 2);
		const good = await Promise.all(links.map((link) => isSetupLinkGood(app, link)));
		expect(good.filter(Boolean)).toHaveLength(1);
	});

	test('makes staff, who choose their own password; the last admin cannot be taken away', async () => {
		const { userId } = await makeFirstAdmin(app, { ...person, token: await newLink() });
		const { token } = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(app, token))?.actor ?? null;
		const { username, code } = await createStaff(app, admin, {
			name: 'Bambang',
			username: 'bambang',
			role: 'reviewer',
			regionCode: ''
		});
		const password = 'kereta senja ke timur';
		await redeemCode(app, { username, code, password, device: 'pc', address: null });
		const { staff } = await listStaff(app, admin);
		expect(staff.map((member) => member.name)).toEqual(['Ani', 'Bambang']);
		expect(staff.map((member) => member.grants[0]?.place)).toEqual([null, null]);
		const own = { role: 'admin', scope: { kind: 'nation' } } as const;
		await expect(revokeStaffGrant(app, admin, userId, own)).rejects.toMatchObject({
			code: 'closed'
		});
	});

	test('makes a facilitator who holds nothing until an office assigns them, and sees them', async () => {
		const { userId } = await makeFirstAdmin(app, { ...person, token: await newLink() });
		const { token } = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(app, token))?.actor ?? null;
		await sri(); // a participant who waits holds nothing either, and is no staff
		const made = await createStaff(app, admin, {
			name: 'Nurhayati',
			username: 'nurhayati',
			role: 'facilitator',
			regionCode: '15'
		});
		const password = 'kereta senja ke timur';
		const chosen = await redeemCode(app, { ...made, password, device: 'pc', address: null });
		const { staff } = await listStaff(app, admin);
		expect(staff.map(({ name, grants }) => [name, grants.length])).toEqual([
			['Ani', 1],
			['Nurhayati', 0]
		]);
		const scope = { kind: 'training', id: 'bimtek' } as const;
		await app.db.write((tx) =>
			grantRole(tx, { ...chosen, role: 'participant', scope, grantedBy: userId, at: now })
		);
		expect((await listStaff(app, admin)).staff.map(({ name }) => name)).toEqual(['Ani']);
	});

	test('finds staff among many by a part of the name, a page at a time', async () => {
		const { userId } = await makeFirstAdmin(app, { ...person, token: await newLink() });
		const { token } = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(app, token))?.actor ?? null;
		const scope = { kind: 'region', code: '15' } as const;
		for (let n = 10; n < 34; n++) {
			const wanted = { name: `Petugas ${n}`, username: `petugas.${n}`, password: null };
			const made = await createAccount(app, { ...wanted, consents: ['account'] });
			await app.db.write((tx) =>
				grantRole(tx, { ...made, role: 'officer', scope, grantedBy: null, at: now })
			);
		}
		const pages = [await listStaff(app, admin), await listStaff(app, admin, { pageNumber: '2' })];
		expect(pages.map(({ staff }) => staff.length)).toEqual([24, 1]);
		expect(pages.map(({ total }) => total)).toEqual([25, 25]);
		const named = await listStaff(app, admin, { typed: 'PETUGAS 1' });
		expect(named.staff.map(({ username }) => username)).toEqual(
			Array.from({ length: 10 }, (_, n) => `petugas.${10 + n}`)
		);
		expect(named.staff[0]?.grants).toHaveLength(1);
		expect((await listStaff(app, admin, { typed: '%' })).total).toBe(0);
	});

	test('alone may manage staff: for others the page does not exist', async () => {
		const { actor } = await signedIn();
		await expect(listStaff(app, actor)).rejects.toMatchObject({ code: 'not_found' });
		await expect(listStaff(app, null)).rejects.toMatchObject({ code: 'not_found' });
	});
});

describe('the audit log', () => {
	test('shows a changed row', async () => {
		const { auditEntry } = await import('#lib/platform/server/db/schema/index.ts');
		for (const action of ['a', 'b', 'c']) {
			await app.db.write((tx) => audit(tx, { actorId: null, action, object: 'x', at: now }));
		}
		expect(await firstBrokenEntry(app.db.read)).toBeNull();
		await app.db.write(async (tx) => {
			await tx.update(auditEntry).set({ action: 'z' }).where(eq(auditEntry.seq, 2));
		});
		expect(await firstBrokenEntry(app.db.read)).toBe(2);
	});

	test('shows a row that was put in the place of another, although it is sound by itself', async () => {
		const { auditEntry } = await import('#lib/platform/server/db/schema/index.ts');
		const write = async (to: typeof app, actions: string[]) => {
			for (const action of actions) {
				await to.db.write((tx) => audit(tx, { actorId: null, action, object: 'x', at: now }));
			}
		};
		await write(app, ['a', 'b', 'c']);
		const other = await openTestApp({ now: () => now });
		await write(other, ['a', 'z']);
		const second = eq(auditEntry.seq, 2);
		const [forged] = await other.db.read.select().from(auditEntry).where(second);
		await other.close();
		if (!forged) throw new Error('the other log has no second row');
		await app.db.write(async (tx) => {
			await tx.update(auditEntry).set(forged).where(second);
		});
		expect(await firstBrokenEntry(app.db.read)).toBe(3);
	});
});
