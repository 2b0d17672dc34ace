/** Accounts: made, signed in to, given a new password. No e-mail, no identity number. */
import { eq } from 'drizzle-orm';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { cleanLine } from '#lib/platform/text.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Tx } from '#lib/platform/server/db/index.ts';
import { consent, knownDevice, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '../actor.ts';
import { CONSENT_VERSION, type ConsentPurpose } from '../consents.ts';
import { audit } from './audit.ts';
import { hashPassword, isOutdated, refuseWeakPassword, verifyPassword } from './passwords.ts';
import type { CookieToSet } from './session-cookie.ts';
import { endSessions } from './session-list.ts';
import { startSession } from './sessions.ts';
import { digest, forgiveFailures, tryOnce } from './throttle.ts';

const USERNAME = /^[a-z][a-z0-9._-]{2,39}$/;

/** As people type it: capitals and blanks around it do not matter, a blank inside it is a dot. */
export function asUsername(typed: string): string {
	return cleanLine(typed).toLowerCase().replaceAll(' ', '.');
}

interface NewAccount {
	readonly name: string;
	readonly username: string;
	/** Null: the person chooses one with a one-time code. */
	readonly password: string | null;
	readonly libraryId?: string | null;
	readonly consents: readonly ConsentPurpose[];
}

/**
 * A new person. Refuses with `invalid` when the user name has another form or
 * the password is weak, with `closed` when the name is taken.
 */
export async function createAccount(app: App, wanted: NewAccount): Promise<{ userId: string }> {
	const prepared = await prepareAccount(wanted);
	const userId = await app.db.write((tx) => saveAccount(tx, prepared, app.now()));
	return { userId };
}

export interface PreparedAccount extends Omit<NewAccount, 'password'> {
	readonly passwordHash: string | null;
}

/** The slow half (hashing), done before a transaction is opened. */
export async function prepareAccount(wanted: NewAccount): Promise<PreparedAccount> {
	const { password, ...rest } = wanted;
	const username = asUsername(wanted.username);
	if (!USERNAME.test(username)) throw new Refusal('invalid', 'people_refused_username_form');
	if (password !== null) refuseWeakPassword(password, username);
	const passwordHash = password === null ? null : await hashPassword(password);
	return { ...rest, username, passwordHash };
}

/** The quick half. Returns the new id. */
export async function saveAccount(tx: Tx, made: PreparedAccount, at: Date): Promise<string> {
	const { name, username, passwordHash, libraryId = null, consents } = made;
	const id = newId();
	const saved = await tx
		.insert(user)
		.values({ id, name, username, passwordHash, libraryId, createdAt: at })
		.onConflictDoNothing()
		.returning({ id: user.id });
	if (saved.length === 0) throw new Refusal('closed', 'people_refused_username_taken');
	if (consents.length > 0) {
		const rows = consents.map((purpose) => ({
			userId: id,
			purpose,
			version: CONSENT_VERSION[purpose],
			givenAt: at
		}));
		await tx.insert(consent).values(rows);
	}
	await audit(tx, { actorId: id, action: 'account.made', object: `user:${id}`, at });
	return id;
}

interface SignIn {
	readonly username: string;
	readonly password: string;
	/** A random name kept in a cookie of this browser. */
	readonly device: string;
	/** Where the request comes from; null when that cannot be told. */
	readonly address: string | null;
	readonly sharedPhone: boolean;
	readonly userAgent: string | null;
}

/**
 * Refuses with `invalid` and one and the same text whether the name is unknown
 * or the password wrong, after the same work; with `too_many` while a wait runs.
 */
export async function signIn(
	app: App,
	typed: SignIn
): Promise<{ userId: string; cookie: CookieToSet }> {
	const username = asUsername(typed.username);
	const [found] = await app.db.read.select().from(user).where(eq(user.username, username));
	const { device, address } = typed;
	const attempt = { username, device, address, userId: found?.id ?? null };
	const right = await tryOnce(app, attempt, async () => {
		const matches = await verifyPassword(found?.passwordHash ?? null, typed.password);
		return matches && found && !found.disabledAt ? found : null;
	});
	if (!right) throw new Refusal('invalid', 'people_refused_sign_in');
	await forgiveFailures(app, username, device);
	await rememberDevice(app, right.id, device);
	if (right.passwordHash && isOutdated(right.passwordHash)) {
		await storePassword(app, right.id, typed.password);
	}
	const kind = typed.sharedPhone ? 'shared_phone' : 'own_phone';
	const { cookie } = await startSession(app, {
		userId: right.id,
		kind,
		userAgent: typed.userAgent
	});
	return { userId: right.id, cookie };
}

async function rememberDevice(app: App, userId: string, device: string): Promise<void> {
	const row = { userId, deviceHash: digest(device), at: app.now() };
	await app.db.write(async (tx) => {
		await tx.insert(knownDevice).values(row).onConflictDoNothing();
	});
}

async function storePassword(app: App, userId: string, password: string): Promise<void> {
	const passwordHash = await hashPassword(password);
	await app.db.write(async (tx) => {
		await tx.update(user).set({ passwordHash }).where(eq(user.id, userId));
	});
}

/** Refuses with `invalid` when the present password is wrong or the new one weak. Ends all other sessions. */
export async function changePassword(
	app: App,
	actor: Actor,
	typed: { readonly present: string; readonly wanted: string }
): Promise<void> {
	await confirmPassword(app, actor, typed.present);
	refuseWeakPassword(typed.wanted, actor.username);
	await storePassword(app, actor.userId, typed.wanted);
	await endSessions(app, actor.userId, actor.sessionId);
	await app.db.write((tx) =>
		audit(tx, {
			actorId: actor.userId,
			action: 'password.changed',
			object: `user:${actor.userId}`,
			at: app.now()
		})
	);
}

/**
 * The name under which others see this person from now on. What was signed or issued before keeps
 * the one it had.
 */
export async function correctName(app: App, actor: Actor, name: string): Promise<void> {
	const { userId } = actor;
	await app.db.write(async (tx) => {
		await tx.update(user).set({ name }).where(eq(user.id, userId));
		await audit(tx, {
			actorId: userId,
			action: 'name.corrected',
			object: `user:${userId}`,
			at: app.now()
		});
	});
}

/** Asked again before something that matters. Refuses with `invalid` when it is wrong. */
export async function confirmPassword(app: App, actor: Actor, password: string): Promise<void> {
	const { username, userId, sessionId: device } = actor;
	const attempt = { username, userId, device, address: null };
	const right = await tryOnce(app, attempt, async () => {
		const [held] = await app.db.read.select().from(user).where(eq(user.id, actor.userId));
		return (await verifyPassword(held?.passwordHash ?? null, password)) ? held : null;
	});
	if (!right) throw new Refusal('invalid', 'people_refused_present_password');
}

/** The notice that somebody reset this account, shown once after the next sign-in. */
export async function takeResetNotice(app: App, actor: Actor): Promise<Date | null> {
	const [held] = await app.db.read
		.select({ at: user.resetNotice })
		.from(user)
		.where(eq(user.id, actor.userId));
	if (!held?.at) return null;
	await app.db.write(async (tx) => {
		await tx.update(user).set({ resetNotice: null }).where(eq(user.id, actor.userId));
	});
	return held.at;
}
