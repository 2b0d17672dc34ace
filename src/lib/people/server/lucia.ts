/**
 * lucia 3.2.2 keeps the rules of a session's life; this file is the only one
 * that knows it (docs/decisions). The database holds the SHA-256 of a token, the
 * token itself is only in the cookie. lucia reads the machine's clock, ours is
 * handed in: the adapter shifts between the two.
 */
import { eq } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia';
import type { App } from '#lib/platform/server/app.ts';
import { session, user } from '#lib/platform/server/db/schema/index.ts';
import { prepared } from '#lib/platform/server/db/prepared.ts';
import { audit } from './audit.ts';
import { orLater } from './or-later.ts';
import { kindOf, life, type SessionKind } from './session-cookie.ts';
import { dropExpiredSessions, endSession, endSessions } from './session-list.ts';
import { digest } from './throttle.ts';

declare module 'lucia' {
	interface Register {
		Lucia: OurLucia;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: UserAttributes;
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
		await endSession(this.#app, digest(token));
	}

	async deleteUserSessions(userId: string): Promise<void> {
		await endSessions(this.#app, userId);
	}

	async deleteExpiredSessions(): Promise<void> {
		await dropExpiredSessions(this.#app);
	}
}

/** For sessions of this kind: each has a life of its own. */
export function lucia(app: App, kind: SessionKind): OurLucia {
	return new Lucia(new HashedTokens(app), {
		sessionExpiresIn: new TimeSpan(life[kind].idleMs, 'ms'),
		getSessionAttributes: (attributes) => attributes,
		getUserAttributes: (attributes) => attributes
	});
}
