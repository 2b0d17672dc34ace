/**
 * The first admin of an empty production database: a link printed once at the
 * start, good for 30 minutes. There is no default account and no default secret.
 */
import { randomBytes } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { grant, setupLink } from '#lib/platform/server/db/schema/index.ts';
import { prepareAccount, saveAccount } from './accounts.ts';
import { grantRole } from './grants.ts';
import { digest } from './throttle.ts';

const LINK_LIFE_MS = 30 * 60_000;

export async function hasAdmin(app: App): Promise<boolean> {
	const admins = await app.db.read.select().from(grant).where(eq(grant.role, 'admin')).limit(1);
	return admins.length > 0;
}

/** A new link's token; earlier links stop working. */
export async function issueSetupLink(app: App): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	const expiresAt = new Date(app.now().getTime() + LINK_LIFE_MS);
	await app.db.write(async (tx) => {
		await tx.delete(setupLink);
		await tx.insert(setupLink).values({ tokenHash: digest(token), expiresAt });
	});
	return token;
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
