/**
 * One-time codes to choose a password, for people without e-mail: made by
 * somebody they know, shown once, stored as argon2id, good for minutes.
 */
import { randomInt } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { passwordCode, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '../actor.ts';
import { asUsername } from './accounts.ts';
import { audit } from './audit.ts';
import { hashPassword, refuseWeakPassword, verifyPassword } from './passwords.ts';
import { endSessions } from './session-list.ts';
import { forgiveFailures, tryOnce } from './throttle.ts';

/** No 0 O 1 I L: read aloud across a room without doubt. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const MISSES_ALLOWED = 5;

export function randomCode(length: number): string {
	return Array.from({ length }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}

/** As people type it: small letters, blanks and dashes do not matter. */
export function asCode(typed: string): string {
	return typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** "ABCD-EFGH" */
export function spelled(code: string): string {
	return code.replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * A new code for this person; an earlier one stops working. Whether `actor` may
 * do that is the caller's to ask. Null as actor: the program itself.
 */
export async function issueCode(
	app: App,
	actor: Actor | null,
	userId: string,
	{ minutes }: { minutes: number }
): Promise<{ code: string }> {
	const code = randomCode(8);
	const codeHash = await hashPassword(code);
	const at = app.now();
	const issued = {
		codeHash,
		issuedBy: actor?.userId ?? null,
		issuedAt: at,
		expiresAt: new Date(at.getTime() + minutes * 60_000),
		misses: 0
	};
	await app.db.write(async (tx) => {
		await tx
			.insert(passwordCode)
			.values({ userId, ...issued })
			.onConflictDoUpdate({ target: passwordCode.userId, set: issued });
		await audit(tx, {
			actorId: actor?.userId ?? null,
			action: 'code.issued',
			object: `user:${userId}`,
			at
		});
	});
	return { code: spelled(code) };
}

interface Redemption {
	readonly username: string;
	readonly code: string;
	readonly password: string;
	readonly device: string;
	/** Where the request comes from; null when that cannot be told. */
	readonly address: string | null;
}

/**
 * Sets the password and ends the person's sessions; `first`: there was none before. Refuses with
 * `invalid` and one text for an unknown name, a wrong, used or expired code.
 */
export async function redeemCode(
	app: App,
	typed: Redemption
): Promise<{ userId: string; first: boolean }> {
	const username = asUsername(typed.username);
	refuseWeakPassword(typed.password, username);
	const { device, address } = typed;
	const attempt = { username, device, address, userId: null };
	const right = await tryOnce(app, attempt, () => codeOf(app, username, asCode(typed.code)));
	if (!right) throw new Refusal('invalid', 'people_refused_code');
	const first = await choosePassword(app, right, typed.password);
	await forgiveFailures(app, username, device);
	await endSessions(app, right.userId);
	return { userId: right.userId, first };
}

type Code = typeof passwordCode.$inferSelect;

/** Null for an unknown name, a disabled account, a wrong, used or expired code; all take the same work. */
async function codeOf(app: App, username: string, typed: string): Promise<Code | null> {
	const [held] = await app.db.read
		.select({ disabledAt: user.disabledAt, code: passwordCode })
		.from(user)
		.innerJoin(passwordCode, eq(passwordCode.userId, user.id))
		.where(eq(user.username, username));
	const live =
		held && !held.disabledAt && held.code.expiresAt > app.now() && held.code.misses < MISSES_ALLOWED
			? held.code
			: null;
	if (await verifyPassword(live?.codeHash ?? null, typed)) return live;
	if (held) await countCodeMiss(app, held.code.userId);
	return null;
}

async function countCodeMiss(app: App, userId: string): Promise<void> {
	await app.db.write(async (tx) => {
		const [row] = await tx.select().from(passwordCode).where(eq(passwordCode.userId, userId));
		if (!row) return;
		await tx
			.update(passwordCode)
			.set({ misses: row.misses + 1 })
			.where(eq(passwordCode.userId, userId));
	});
}

/** True when it is the first one: then nobody has changed anything for this person. */
async function choosePassword(app: App, code: Code, password: string): Promise<boolean> {
	const { userId } = code;
	const passwordHash = await hashPassword(password);
	const at = app.now();
	return app.db.write(async (tx) => {
		const used = await tx
			.delete(passwordCode)
			.where(and(eq(passwordCode.userId, userId), eq(passwordCode.codeHash, code.codeHash)))
			.returning();
		// Two phones with the same code: the second finds it used.
		if (used.length === 0) throw new Refusal('invalid', 'people_refused_code');
		const [before] = await tx.select().from(user).where(eq(user.id, userId));
		const first = !before?.passwordHash;
		const resetNotice = first || code.issuedBy === null ? null : at;
		await tx.update(user).set({ passwordHash, resetNotice }).where(eq(user.id, userId));
		await audit(tx, { actorId: userId, action: 'code.used', object: `user:${userId}`, at });
		return first;
	});
}
