/**
 * The first admin of an empty production database: a link printed once at the
 * start, good for 30 minutes. There is no default account and no default secret.
 */
import { randomBytes } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Tx } from '#lib/platform/server/db/index.ts';
import { grant, setupLink } from '#lib/platform/server/db/schema/index.ts';
import { prepareAccount, saveAccount } from './accounts.ts';
import { grantRole } from './grants.ts';
import { digest } from './throttle.ts';

const LINK_LIFE_MS = 30 * 60_000;
/** Within this time another process may have started together with this one. */
const TOGETHER_MS = 60_000;

export async function hasAdmin(app: App): Promise<boolean> {
	const admins = await app.db.read.select().from(grant).where(eq(grant.role, 'admin')).limit(1);
	return admins.length > 0;
}

/**
 * A new link's token; earlier links stop working. Null when another process has just issued one:
 * of several that start together only one link is printed and good.
 */
export async function issueSetupLink(app: App): Promise<string | null> {
	const token = randomBytes(32).toString('base64url');
	const now = app.now().getTime();
	const issued = await app.db.write(async (tx) => {
		if (app.bus && (await hasLinkSince(tx, now - TOGETHER_MS))) return false;
		await tx.delete(setupLink);
		const expiresAt = new Date(now + LINK_LIFE_MS);
		await tx.insert(setupLink).values({ tokenHash: digest(token), expiresAt });
		return true;
	});
	return issued ? token : null;
}

async function hasLinkSince(tx: Tx, sinceMs: number): Promise<boolean> {
	const later = gt(setupLink.expiresAt, new Date(sinceMs + LINK_LIFE_MS));
	return (await tx.select().from(setupLink).where(later)).length > 0;
}

export async function isSetupLinkGood(app: App, token: string): Promise<boolean> {
	const [link] = await app.db.read
		.select()
		.from(setupLink)
		.where(and(eq(setupLink.tokenHash, digest(token)), gt(setupLink.expiresAt, app.now())));
	return link !== undefined;
}

interface FirstAdmin {
	readonly token: string;
	readonly name: string;
	readonly username: string;
	readonly password: string;
}

/** Refuses with `not_found` when the link is unknown, used or too old. */
export async function makeFirstAdmin(app: App, wanted: FirstAdmin): Promise<{ userId: string }> {
	const { token, ...person } = wanted;
	const prepared = await prepareAccount({ ...person, consents: ['account'] });
	const at = app.now();
	const userId = await app.db.write(async (tx) => {
		const used = await tx
			.delete(setupLink)
			.where(and(eq(setupLink.tokenHash, digest(token)), gt(setupLink.expiresAt, at)))
			.returning();
		if (used.length === 0) throw new Refusal('not_found', 'people_refused_setup_link');
		const id = await saveAccount(tx, prepared, at);
		await grantRole(tx, {
			userId: id,
			role: 'admin',
			scope: { kind: 'nation' },
			grantedBy: null,
			at
		});
		return id;
	});
	return { userId };
}
