/** Signing in and staying signed in. */
import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { App } from '#lib/platform/server/app.ts';
import { grant, groupMember, session, user } from '#lib/platform/server/db/schema/index.ts';
import { prepared } from '#lib/platform/server/db/prepared.ts';
import type { Actor } from '../actor.ts';
import { isStaff } from '../actor.ts';
import { asGrant } from './grants.ts';
import { lucia } from './lucia.ts';
import { orLater } from './or-later.ts';
import {
	deviceLabel,
	kindOf,
	life,
	sessionCookie,
	sessionCookieName,
	type CookieToSet,
	type SessionKind
} from './session-cookie.ts';
import { KEPT_EXPIRED_MS } from './session-list.ts';
import { digest } from './throttle.ts';

const grantsOf = prepared(['userId'], (read, { userId }) =>
	read.select().from(grant).where(eq(grant.userId, userId))
);
const groupsOf = prepared(['userId'], (read, { userId }) =>
	read.select({ id: groupMember.groupId }).from(groupMember).where(eq(groupMember.userId, userId))
);

const SEEN_EVERY_MS = 60_000;

interface Beginning {
	readonly userId: string;
	/** What the person chose; staff sessions are shorter whatever they choose. */
	readonly kind: 'own_phone' | 'shared_phone';
	readonly userAgent: string | null;
}

export async function startSession(
	app: App,
	{ userId, kind, userAgent }: Beginning
): Promise<{ token: string; cookie: CookieToSet }> {
	const grants = await grantsOf(app.db.read, { userId });
	const actual: SessionKind = kind === 'own_phone' && isStaff(grants.map(asGrant)) ? 'staff' : kind;
	const sessionId = life[actual].mark + randomBytes(32).toString('base64url');
	const attributes = { kind: actual, device: deviceLabel(userAgent ?? '') };
	await lucia(app, actual).createSession(userId, attributes, { sessionId });
	return { token: sessionId, cookie: sessionCookie(app, sessionId) };
}

export interface SignedIn {
	readonly actor: Actor;
	/** Set again after a renewal, else null. */
	readonly cookie: CookieToSet | null;
}

/** Who holds this token, or null: unknown, ended, expired, or a disabled account. */
export async function signedInBy(app: App, token: string | undefined): Promise<SignedIn | null> {
	const kind = token ? kindOf(token) : null;
	if (!token || !kind) return null;
	const found = await lucia(app, kind).validateSession(token);
	if (!found.session) return null;
	await noteSeen(app, found.session.seenAt, digest(token));
	const actor = await actorOf(app, found.user, digest(token));
	return { actor, cookie: found.session.fresh ? sessionCookie(app, token) : null };
}

/**
 * Whose session this was, when it ended by itself within the last day: whoever
 * was just writing may get their form back. Null for a session that somebody
 * ended, and for one that is alive. It opens nothing.
 */
export async function whoseSessionRanOut(
	app: App,
	token: string | undefined
): Promise<string | null> {
	if (!token) return null;
	const now = app.now();
	const [held] = await app.db.read
		.select({ userId: session.userId })
		.from(session)
		.innerJoin(user, eq(session.userId, user.id))
		.where(
			and(
				eq(session.id, digest(token)),
				lte(session.expiresAt, now),
				gt(session.expiresAt, new Date(now.getTime() - KEPT_EXPIRED_MS)),
				isNull(user.disabledAt)
			)
		);
	return held?.userId ?? null;
}

async function noteSeen(app: App, seenAt: Date | undefined, id: string): Promise<void> {
	const now = app.now();
	if (seenAt && now.getTime() - seenAt.getTime() < SEEN_EVERY_MS) return;
	await orLater(() =>
		app.db.write(async (tx) => {
			await tx.update(session).set({ seenAt: now }).where(eq(session.id, id));
		})
	);
}

async function actorOf(
	app: App,
	who: { id: string; name: string; username: string },
	sessionId: string
): Promise<Actor> {
	const grants = await grantsOf(app.db.read, { userId: who.id });
	const groups = await groupsOf(app.db.read, { userId: who.id });
	return {
		userId: who.id,
		name: who.name,
		username: who.username,
		sessionId,
		grants: grants.map(asGrant),
		groupIds: groups.map((group) => group.id),
		asked: 0
	};
}

/** For the socket, which sees no SvelteKit cookies. Other cookies may be badly encoded: they are not looked at. */
export async function actorOfCookieHeader(
	app: App,
	header: string | undefined
): Promise<Actor | null> {
	const start = `${sessionCookieName(app)}=`;
	const pair = (header ?? '').split(';').find((part) => part.trim().startsWith(start));
	const signedIn = await signedInBy(app, pair?.trim().slice(start.length));
	return signedIn?.actor ?? null;
}
