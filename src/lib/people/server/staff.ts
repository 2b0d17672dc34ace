/** Staff accounts and their assignments, in the hands of the admin. */
import { and, asc, eq, exists, inArray, isNull, ne, notExists, or, type SQL } from 'drizzle-orm';
import { pageOf, type Page } from '#lib/platform/pages.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { contains } from '#lib/platform/server/db/sql.ts';
import { consent, grant, region, training, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor, Grant, Role, Scope } from '../actor.ts';
import { staffAccess } from '../staff-access.ts';
import { asUsername, prepareAccount, saveAccount } from './accounts.ts';
import { audit } from './audit.ts';
import { issueCode } from './codes.ts';
import { asGrant, grantRole, revokeRole } from './grants.ts';
import { endSessions } from './session-list.ts';

/** How long a code lives that travels by phone call instead of across a room. */
const CODE_MINUTES = 24 * 60;

function refuseUnlessAdmin(actor: Actor | null): Actor {
	if (actor && staffAccess.can(actor, 'manage', {})) return actor;
	throw new Refusal('not_found', 'platform_refused_not_found');
}

export interface StaffMember {
	readonly userId: string;
	readonly name: string;
	readonly username: string;
	readonly disabled: boolean;
	/** `place` names the region or the training; null for the whole nation. */
	readonly grants: readonly { grant: Grant; place: string | null }[];
}

/** A page of them, and how many match over all pages. */
export interface StaffList {
	readonly staff: readonly StaffMember[];
	readonly total: number;
	readonly page: Page;
}

const STAFF_ON_A_PAGE = 24;

/**
 * Everybody who holds more than a participant's assignment, and whom an admin made without one or
 * left with none, by name: those whose name or user name has `typed` in it, on the page with this number.
 */
export async function listStaff(
	app: App,
	actor: Actor | null,
	{ typed = '', pageNumber = null }: { typed?: string; pageNumber?: string | null } = {}
): Promise<StaffList> {
	refuseUnlessAdmin(actor);
	return app.db.snapshot(async (read) => {
		const named = typed && or(contains(user.name, typed), contains(user.username, typed));
		const matching = and(isStaffIn(read), named || undefined);
		const total = await read.$count(user, matching);
		const page = pageOf(pageNumber, { total, size: STAFF_ON_A_PAGE });
		const people = await read
			.select()
			.from(user)
			.where(matching)
			.orderBy(asc(user.name), asc(user.id))
			.limit(page.size)
			.offset(page.offset);
		const held = await grantsOf(
			read,
			people.map(({ id }) => id)
		);
		const staff = people.map(({ id, name, username, disabledAt }) => ({
			userId: id,
			name,
			username,
			disabled: disabledAt !== null,
			grants: held.get(id) ?? []
		}));
		return { staff, total, page };
	});
}

function isStaffIn(read: Read): SQL | undefined {
	const assigned = read
		.select({ userId: grant.userId })
		.from(grant)
		.where(and(eq(grant.userId, user.id), ne(grant.role, 'participant')));
	// Participants agree to the use of their data when they come in; accounts made for staff do not.
	const isUnassigned = and(
		notExists(read.select().from(grant).where(eq(grant.userId, user.id))),
		notExists(
			read
				.select()
				.from(consent)
				.where(and(eq(consent.userId, user.id), eq(consent.purpose, 'account')))
		)
	);
	return or(exists(assigned), isUnassigned);
}

async function grantsOf(read: Read, userIds: readonly string[]) {
	if (userIds.length === 0) return new Map<string, StaffMember['grants']>();
	const rows = await read
		.select({ grant, region: region.name, training: training.title })
		.from(grant)
		.leftJoin(region, and(eq(grant.scopeKind, 'region'), eq(region.code, grant.scopeId)))
		.leftJoin(training, and(eq(grant.scopeKind, 'training'), eq(training.id, grant.scopeId)))
		.where(and(inArray(grant.userId, [...userIds]), ne(grant.role, 'participant')))
		.orderBy(asc(grant.role), asc(training.startsOn));
	const byUser = Map.groupBy(rows, (row) => row.grant.userId);
	return new Map(
		[...byUser].map(([userId, own]) => [
			userId,
			own.map((row) => ({ grant: asGrant(row.grant), place: row.region ?? row.training }))
		])
	);
}

interface NewStaff {
	readonly name: string;
	readonly username: string;
	/** A facilitator holds nothing until an office assigns them to a training. */
	readonly role: Exclude<Role, 'participant'>;
	/** '' for the nation, or a region's code. Not read for a facilitator. */
	readonly regionCode: string;
}

/** The one-time code with which the person chooses a password: shown once. */
export async function createStaff(
	app: App,
	actor: Actor | null,
	wanted: NewStaff
): Promise<{ username: string; code: string }> {
	const admin = refuseUnlessAdmin(actor);
	const { role } = wanted;
	const scope = role === 'facilitator' ? null : await scopeOf(app, wanted.regionCode);
	const prepared = await prepareAccount({ ...wanted, password: null, consents: [] });
	const at = app.now();
	const userId = await app.db.write(async (tx) => {
		const id = await saveAccount(tx, prepared, at);
		if (scope) await grantRole(tx, { userId: id, role, scope, grantedBy: admin.userId, at });
		const action = scope ? `grant.${role}` : 'staff.made';
		await audit(tx, { actorId: admin.userId, action, object: `user:${id}`, at });
		return id;
	});
	const { code } = await issueCode(app, admin, userId, { minutes: CODE_MINUTES });
	return { username: prepared.username, code };
}

async function scopeOf(app: App, regionCode: string): Promise<Scope> {
	if (regionCode === '') return { kind: 'nation' };
	const [known] = await app.db.read.select().from(region).where(eq(region.code, regionCode));
	if (!known) throw new Refusal('invalid', 'people_refused_region');
	return { kind: 'region', code: known.code };
}

interface Assigning {
	readonly username: string;
	/** Facilitators are assigned by the office, training by training. */
	readonly role: Exclude<Role, 'participant' | 'facilitator'>;
	/** As for `createStaff`. */
	readonly regionCode: string;
}

/**
 * One more assignment for somebody who has an account: a consultant of one more province, a
 * participant who now works for the office. What they hold stays. Refuses with `invalid` a user name
 * or region that there is not, with `closed` what they hold already.
 */
export async function assignStaff(
	app: App,
	actor: Actor | null,
	{ username, role, regionCode }: Assigning
): Promise<void> {
	const admin = refuseUnlessAdmin(actor);
	const scope = await scopeOf(app, regionCode);
	const [held] = await app.db.read
		.select({ userId: user.id })
		.from(user)
		.where(eq(user.username, asUsername(username)));
	if (!held) throw new Refusal('invalid', 'people_refused_username_unknown');
	const { userId } = held;
	const at = app.now();
	await app.db.write(async (tx) => {
		const isNew = await grantRole(tx, { userId, role, scope, grantedBy: admin.userId, at });
		if (!isNew) throw new Refusal('closed', 'people_refused_assigned_already');
		const object = `user:${userId}`;
		await audit(tx, { actorId: admin.userId, action: `grant.${role}`, object, at });
	});
	app.events.emit('grants.changed', { userId });
}

export async function newStaffCode(
	app: App,
	actor: Actor | null,
	userId: string
): Promise<{ username: string; code: string }> {
	const admin = refuseUnlessAdmin(actor);
	const [held] = await app.db.read.select().from(user).where(eq(user.id, userId));
	if (!held) throw new Refusal('not_found', 'people_refused_unknown_person');
	const { code } = await issueCode(app, admin, userId, { minutes: CODE_MINUTES });
	return { username: held.username, code };
}

/** Refuses to take the last admin away. The person's open pages notice within a second. */
export async function revokeStaffGrant(
	app: App,
	actor: Actor | null,
	userId: string,
	held: Grant
): Promise<void> {
	const admin = refuseUnlessAdmin(actor);
	const at = app.now();
	await app.db.write(async (tx) => {
		if (held.role === 'admin') {
			const others = await tx
				.select({ id: grant.id })
				.from(grant)
				.innerJoin(user, eq(user.id, grant.userId))
				.where(and(eq(grant.role, 'admin'), ne(grant.userId, userId), isNull(user.disabledAt)));
			if (others.length === 0) throw new Refusal('closed', 'people_refused_last_admin');
		}
		await revokeRole(tx, userId, held);
		const object = `user:${userId}`;
		await audit(tx, { actorId: admin.userId, action: `revoke.${held.role}`, object, at });
	});
	app.events.emit('grants.changed', { userId });
}

/** Nobody signs in with this account any more; what the person wrote stays. */
export async function disableUser(app: App, actor: Actor | null, userId: string): Promise<void> {
	const admin = refuseUnlessAdmin(actor);
	if (admin.userId === userId) throw new Refusal('closed', 'people_refused_last_admin');
	const at = app.now();
	await app.db.write(async (tx) => {
		await tx.update(user).set({ disabledAt: at }).where(eq(user.id, userId));
		const object = `user:${userId}`;
		await audit(tx, { actorId: admin.userId, action: 'user.disabled', object, at });
	});
	await endSessions(app, userId);
	app.events.emit('user.disabled', { userId });
}
