/** The sessions there are: a person's own in a list, and the end of them. */
import { and, desc, eq, gt, lte, ne } from 'drizzle-orm';
import type { App } from '#lib/platform/server/app.ts';
import { session } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '../actor.ts';
import type { SessionKind } from './session-cookie.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		'session.ended': { readonly sessionId: string };
		'user.disabled': { readonly userId: string };
	}
}

/** For so long a session that ran out still says whose it was: see `whoseSessionRanOut`. */
export const KEPT_EXPIRED_MS = 24 * 3_600_000;

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
	if (own.length > 0) await endSession(app, sessionId);
}

/** Whose it is was asked before. One that has ended already changes nothing. */
export async function endSession(app: App, sessionId: string): Promise<void> {
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

/** Those that ended longer ago than anybody may ask whose they were. */
export async function dropExpiredSessions(app: App): Promise<void> {
	const longAgo = new Date(app.now().getTime() - KEPT_EXPIRED_MS);
	await app.db.write(async (tx) => {
		await tx.delete(session).where(lte(session.expiresAt, longAgo));
	});
}
