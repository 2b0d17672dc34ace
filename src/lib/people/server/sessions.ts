/**
 * Signing in and staying signed in.
 *
 * lucia 3.2.2 keeps the rules of a session's life; this file is the only one
 * that knows it (docs/decisions). The database holds the SHA-256 of a token, the
 * token itself is only in the cookie. lucia reads the machine's clock, ours is
 * handed in: the adapter shifts between the two.
 */
import { randomBytes } from 'node:crypto';
import { and, desc, eq, gt, isNull, lte, ne } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia';
import type { App } from '#lib/platform/server/app.ts';
import { grant, groupMember, session, user } from '#lib/platform/server/db/schema/index.ts';
import { prepared } from '#lib/platform/server/db/prepared.ts';
import type { Actor } from '../actor.ts';
import { isStaff } from '../actor.ts';
import { audit } from './audit.ts';
import { asGrant } from './grants.ts';
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
import { digest } from './throttle.ts';

declare module 'lucia' {
	interface Register {
		Lucia: OurLucia;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: UserAttributes;
	}
}
declare module '#lib/platform/events.ts' {
	interface EventMap {
		'session.ended': { readonly sessionId: string };
		'user.disabled': { readonly userId: string };
	}
}

interface UserAttributes {
	name: string;
	username: string;
}

type OurLucia = Lucia<SessionAttributes, UserAttributes>;

interface SessionAttributes {
	kind: SessionKind;
	device: string;
	seenAt?: Date;
	endsAt?: Date;
}

const sessionAndUser = prepared(['id'], (read, { id }) =>
	read
		.select({ session, name: user.name, username: user.username, disabled: user.disabledAt })
		.from(session)
		.innerJoin(user, eq(session.userId, user.id))
		.where(eq(session.id, id))
);
const grantsOf = prepared(['userId'], (read, { userId }) =>
	read.select().from(grant).where(eq(grant.userId, userId))
);
const groupsOf = prepared(['userId'], (read, { userId }) =>
	read.select({ id: groupMember.groupId }).from(groupMember).where(eq(groupMember.userId, userId))
);

const DAY_MS = 24 * 3_600_000;
const SEEN_EVERY_MS = 60_000;

class HashedTokens implements Adapter {
	readonly #app: App;
	/** Milliseconds from our clock to the machine's. */
	readonly #ahead: number;

	constructor(app: App) {
		this.#app = app;
		this.#ahead = Date.now() - app.now().getTime();
	}

	#toLucia = (at: Date) => new Date(at.getTime() + this.#ahead);
	#toOurs = (at: Date) => new Date(at.getTime() - this.#ahead);

	async getSessionAndUser(token: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const [row] = await sessionAndUser(this.#app.db.read, { id: digest(token) });
		if (!row || row.session.kind !== kindOf(token)) return [null, null];
		const { userId, expiresAt, kind, device, seenAt, endsAt } = row.session;
		// Not lucia's to delete: for a day it still says whose it was. See whoseSessionRanOut.
		if (expiresAt <= this.#app.now()) return [null, null];
		const found: DatabaseSession = {
			id: token,
			userId,
			expiresAt: this.#toLucia(expiresAt),
			attributes: { kind, device, seenAt, endsAt }
		};
		const who = { id: userId, attributes: { name: row.name, username: row.username } };
		return [found, row.disabled ? null : who];
	}

	async getUserSessions(): Promise<DatabaseSession[]> {
		return []; // tokens cannot be told from their hashes: see sessionsOf
	}

	async setSession(made: DatabaseSession): Promise<void> {
		const now = this.#app.now();
		const { kind, device } = made.attributes;
		await this.#app.db.write(async (tx) => {
			await tx.insert(session).values({
				id: digest(made.id),
				userId: made.userId,
				kind,
				device,
				expiresAt: this.#toOurs(made.expiresAt),
				endsAt: new Date(now.getTime() + life[kind].longestMs),
				createdAt: now,
				seenAt: now
			});
			await audit(tx, { actorId: made.userId, action: 'signed_in', object: kind, at: now });
		});
	}

	updateSessionExpiration(token: string, expiresAt: Date): Promise<void> {
		const id = digest(token);
		return orLater(async () => {
			await this.#app.db.write(async (tx) => {
				const [held] = await tx.select().from(session).where(eq(session.id, id));
				if (!held) return;
				const until = Math.min(this.#toOurs(expiresAt).getTime(), held.endsAt.getTime());
				await tx
					.update(session)
					.set({ expiresAt: new Date(until) })
					.where(eq(session.id, id));
			});
		});
	}

	async deleteSession(token: string): Promise<void> {
		await endSessionRow(this.#app, digest(token));
	}

	async deleteUserSessions(userId: string): Promise<void> {
		await endSessions(this.#app, userId);
	}

	async deleteExpiredSessions(): Promise<void> {
		const longAgo = new Date(this.#app.now().getTime() - DAY_MS);
		await this.#app.db.write(async (tx) => {
			await tx.delete(session).where(lte(session.expiresAt, longAgo));
		});
	}
}

function lucia(app: App, kind: SessionKind): OurLucia {
	return new Lucia(new HashedTokens(app), {
		sessionExpiresIn: new TimeSpan(life[kind].idleMs, 'ms'),
		getSessionAttributes: (attributes) => attributes,
		getUserAttributes: (attributes) => attributes
	});
}

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
				gt(session.expiresAt, new Date(now.getTime() - DAY_MS)),
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

export interface OwnSession {
	readonly id: string;
	readonly kind: SessionKind;
	readonly device: string;
	readonly seenAt: Date;
	readonly current: boolean;
}

export async function sessionsOf(app: App, actor: Actor): Promise<OwnSession[]> {
	const rows = await app.db.read
		.select()
		.from(session)
		.where(and(eq(session.userId, actor.userId), gt(session.expiresAt, app.now())))
		.orderBy(desc(session.seenAt));
	return rows.map(({ id, kind, device, seenAt }) => ({
		id,
		kind,
		device,
		seenAt,
		current: id === actor.sessionId
	}));
}

/** Ends one of the actor's own sessions; somebody else's id changes nothing. */
export async function endOwnSession(app: App, actor: Actor, sessionId: string): Promise<void> {
	const own = await app.db.read
		.select({ id: session.id })
		.from(session)
		.where(and(eq(session.id, sessionId), eq(session.userId, actor.userId)));
	if (own.length > 0) await endSessionRow(app, sessionId);
}

async function endSessionRow(app: App, sessionId: string): Promise<void> {
	await app.db.write(async (tx) => {
		await tx.delete(session).where(eq(session.id, sessionId));
	});
	app.events.emit('session.ended', { sessionId });
}

/** Ends all sessions of a person, but for one that stays. */
export async function endSessions(app: App, userId: string, except?: string): Promise<void> {
	const ended = await app.db.write((tx) =>
		tx
			.delete(session)
			.where(and(eq(session.userId, userId), except ? ne(session.id, except) : undefined))
			.returning({ id: session.id })
	);
	for (const { id } of ended) app.events.emit('session.ended', { sessionId: id });
}

/** Those that ended more than a day ago. */
export async function dropExpiredSessions(app: App): Promise<void> {
	await lucia(app, 'own_phone').deleteExpiredSessions();
}
