/** What a session's token and cookie are like, and how long they may live. */
import type { App } from '#lib/platform/server/app.ts';
import type { session } from '#lib/platform/server/db/schema/index.ts';

export type SessionKind = (typeof session.$inferSelect)['kind'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** safety.md calls it S3: how long a session lives unused, and at most. */
export const life = {
	own_phone: { mark: 'o', idleMs: 7 * DAY_MS, longestMs: 30 * DAY_MS },
	shared_phone: { mark: 's', idleMs: HOUR_MS / 2, longestMs: 12 * HOUR_MS },
	staff: { mark: 't', idleMs: 12 * HOUR_MS, longestMs: 7 * DAY_MS }
} satisfies Record<SessionKind, { mark: string; idleMs: number; longestMs: number }>;

/** The first sign of a token says how long it may live; the row must say the same. */
export function kindOf(token: string): SessionKind | null {
	const kinds = Object.keys(life) as SessionKind[];
	return kinds.find((kind) => life[kind].mark === token[0]) ?? null;
}

export interface CookieToSet {
	readonly name: string;
	readonly value: string;
	readonly attributes: {
		readonly httpOnly: true;
		readonly secure: boolean;
		readonly sameSite: 'lax';
		readonly path: '/';
		/** Seconds; absent: the cookie ends with the browser. */
		readonly maxAge?: number;
	};
}

export function sessionCookieName(app: App): string {
	return app.settings.secureCookies ? '__Host-sesi' : 'sesi';
}

export function sessionCookie(app: App, token: string): CookieToSet {
	const kind = kindOf(token) ?? 'shared_phone';
	const lasting = kind === 'shared_phone' ? {} : { maxAge: life[kind].longestMs / 1_000 };
	return {
		name: sessionCookieName(app),
		value: token,
		attributes: {
			httpOnly: true,
			secure: app.settings.secureCookies,
			sameSite: 'lax',
			path: '/',
			...lasting
		}
	};
}

/** "Chrome, Android": enough to recognise one's own phone in a list. */
export function deviceLabel(userAgent: string): string {
	const browser = /(Firefox|Edg|OPR|SamsungBrowser|Chrome|Safari)/.exec(userAgent)?.[1] ?? '';
	const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1] ?? '';
	return [browser.replace('Edg', 'Edge').replace('OPR', 'Opera'), system]
		.filter(Boolean)
		.join(', ');
}
