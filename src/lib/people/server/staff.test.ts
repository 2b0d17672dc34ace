import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEntry } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { createAccount } from './accounts.ts';
import { audit, firstBrokenEntry } from './audit.ts';
import { redeemCode } from './codes.ts';
import { grantRole } from './grants.ts';
import { ensureRegions } from './regions.ts';
import { signedInBy, startSession } from './sessions.ts';
import { isSetupLinkGood, issueSetupLink, makeFirstAdmin } from './setup.ts';
import { assignStaff, createStaff, listStaff, revokeStaffGrant } from './staff.ts';
import { MINUTE, openFrontDoor } from './front-door.harness.ts';

const door = openFrontDoor();

describe('the first admin', () => {
	const person = { name: 'Ani', username: 'ani.admin', password: 'hujan di bulan juni' };

	const newLink = async () => (await issueSetupLink(door.app)) ?? '';

	test('is made by a link that works once', async () => {
		const token = await newLink();
		const made = await makeFirstAdmin(door.app, { ...person, token });
		expect(made.userId).toBeTruthy();
		const again = makeFirstAdmin(door.app, { ...person, username: 'budi.admin', token });
		await expect(again).rejects.toMatchObject({ code: 'not_found' });
	});

	test('cannot be made with a link older than half an hour or replaced by a newer one', async () => {
		const old = await newLink();
		door.later(31 * MINUTE);
		expect(await isSetupLinkGood(door.app, old)).toBe(false);
		const late = makeFirstAdmin(door.app, { ...person, token: old });
		await expect(late).rejects.toMatchObject({ code: 'not_found' });
		const replaced = await newLink();
		door.later(2 * MINUTE);
		expect(await newLink()).not.toBe('');
		expect(await isSetupLinkGood(door.app, replaced)).toBe(false);
	});

	test('has one link to use, also when several processes start together', async () => {
		const issued = await Promise.all([issueSetupLink(door.app), issueSetupLink(door.app)]);
		const links = issued.filter((link) => link !== null);
		// SQLite has one process, and each of its starts prints a link that counts.
		expect(links).toHaveLength(door.app.bus ? 1 : 2);
		const good = await Promise.all(links.map((link) => isSetupLinkGood(door.app, link)));
		expect(good.filter(Boolean)).toHaveLength(1);
	});

	test('makes staff, who choose their own password; the last admin cannot be taken away', async () => {
		const { userId } = await makeFirstAdmin(door.app, { ...person, token: await newLink() });
		const { token } = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(door.app, token))?.actor ?? null;
		const { username, code } = await createStaff(door.app, admin, {
			name: 'Bambang',
			username: 'bambang',
			role: 'reviewer',
			regionCode: ''
		});
		const password = 'kereta senja ke timur';
		await redeemCode(door.app, { username, code, password, device: 'pc', address: null });
		const { staff } = await listStaff(door.app, admin);
		expect(staff.map((member) => member.name)).toEqual(['Ani', 'Bambang']);
		expect(staff.map((member) => member.grants[0]?.place)).toEqual([null, null]);
		const own = { role: 'admin', scope: { kind: 'nation' } } as const;
		await expect(revokeStaffGrant(door.app, admin, userId, own)).rejects.toMatchObject({
			code: 'closed'
		});
	});

	test('makes a facilitator who holds nothing until an office assigns them, and sees them', async () => {
		const { userId } = await makeFirstAdmin(door.app, { ...person, token: await newLink() });
		const { token } = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(door.app, token))?.actor ?? null;
		await door.sri(); // a participant who waits holds nothing either, and is no staff
		const made = await createStaff(door.app, admin, {
			name: 'Nurhayati',
			username: 'nurhayati',
			role: 'facilitator',
			regionCode: '15'
		});
		const password = 'kereta senja ke timur';
		const chosen = await redeemCode(door.app, { ...made, password, device: 'pc', address: null });
		const { staff } = await listStaff(door.app, admin);
		expect(staff.map(({ name, grants }) => [name, grants.length])).toEqual([
			['Ani', 1],
			['Nurhayati', 0]
		]);
		const scope = { kind: 'training', id: 'bimtek' } as const;
		await door.app.db.write((tx) =>
			grantRole(tx, { ...chosen, role: 'participant', scope, grantedBy: userId, at: door.now })
		);
		expect((await listStaff(door.app, admin)).staff.map(({ name }) => name)).toEqual(['Ani']);
	});

	test('gives one more assignment to somebody who has an account, and never the same twice', async () => {
		await ensureRegions(door.app);
		const { userId } = await makeFirstAdmin(door.app, { ...person, token: await newLink() });
		const { token } = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(door.app, token))?.actor ?? null;
		await createStaff(door.app, admin, {
			name: 'Maria',
			username: 'maria',
			role: 'consultant',
			regionCode: '15'
		});
		const again = { username: ' MARIA ', role: 'consultant', regionCode: '16.71' } as const;
		await assignStaff(door.app, admin, again);
		const held = async () =>
			(await listStaff(door.app, admin, { typed: 'maria' })).staff[0]?.grants.map(
				({ place }) => place
			);
		expect(await held()).toEqual(['Jambi', 'Kota Palembang']);
		await expect(assignStaff(door.app, admin, again)).rejects.toMatchObject({ code: 'closed' });
		const nobody = { ...again, username: 'nobody' };
		await expect(assignStaff(door.app, admin, nobody)).rejects.toMatchObject({ code: 'invalid' });
		const nowhere = { ...again, regionCode: '99' };
		await expect(assignStaff(door.app, admin, nowhere)).rejects.toMatchObject({ code: 'invalid' });
		await expect(assignStaff(door.app, (await door.signedIn()).actor, again)).rejects.toMatchObject(
			{
				code: 'not_found'
			}
		);
		expect(await held()).toHaveLength(2);
	});

	test('finds staff among many by a part of the name, a page at a time', async () => {
		const { userId } = await makeFirstAdmin(door.app, { ...person, token: await newLink() });
		const { token } = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		const admin = (await signedInBy(door.app, token))?.actor ?? null;
		const scope = { kind: 'region', code: '15' } as const;
		for (let n = 10; n < 34; n++) {
			const wanted = { name: `Petugas ${n}`, username: `petugas.${n}`, password: null };
			const made = await createAccount(door.app, { ...wanted, consents: ['account'] });
			await door.app.db.write((tx) =>
				grantRole(tx, { ...made, role: 'officer', scope, grantedBy: null, at: door.now })
			);
		}
		const pages = [
			await listStaff(door.app, admin),
			await listStaff(door.app, admin, { pageNumber: '2' })
		];
		expect(pages.map(({ staff }) => staff.length)).toEqual([24, 1]);
		expect(pages.map(({ total }) => total)).toEqual([25, 25]);
		const named = await listStaff(door.app, admin, { typed: 'PETUGAS 1' });
		expect(named.staff.map(({ username }) => username)).toEqual(
			Array.from({ length: 10 }, (_, n) => `petugas.${10 + n}`)
		);
		expect(named.staff[0]?.grants).toHaveLength(1);
		expect((await listStaff(door.app, admin, { typed: '%' })).total).toBe(0);
	});

	test('alone may manage staff: for others the page does not exist', async () => {
		const { actor } = await door.signedIn();
		await expect(listStaff(door.app, actor)).rejects.toMatchObject({ code: 'not_found' });
		await expect(listStaff(door.app, null)).rejects.toMatchObject({ code: 'not_found' });
	});
});

describe('the audit log', () => {
	test('shows a changed row', async () => {
		for (const action of ['a', 'b', 'c']) {
			await door.app.db.write((tx) =>
				audit(tx, { actorId: null, action, object: 'x', at: door.now })
			);
		}
		expect(await firstBrokenEntry(door.app.db.read)).toBeNull();
		await door.app.db.write(async (tx) => {
			await tx.update(auditEntry).set({ action: 'z' }).where(eq(auditEntry.seq, 2));
		});
		expect(await firstBrokenEntry(door.app.db.read)).toBe(2);
	});

	test('shows a row that was put in the place of another, although it is sound by itself', async () => {
		const write = async (to: TestApp, actions: string[]) => {
			for (const action of actions) {
				await to.db.write((tx) => audit(tx, { actorId: null, action, object: 'x', at: door.now }));
			}
		};
		await write(door.app, ['a', 'b', 'c']);
		const other = await openTestApp({ now: () => door.now });
		await write(other, ['a', 'z']);
		const second = eq(auditEntry.seq, 2);
		const [forged] = await other.db.read.select().from(auditEntry).where(second);
		await other.close();
		if (!forged) throw new Error('the other log has no second row');
		await door.app.db.write(async (tx) => {
			await tx.update(auditEntry).set(forged).where(second);
		});
		expect(await firstBrokenEntry(door.app.db.read)).toBe(3);
	});
});
