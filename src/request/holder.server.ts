import type { RequestEvent } from '@sveltejs/kit';
import { HOLDER_COOKIES } from '#lib/people/holder.ts';
import { sessionCookie } from '#lib/people/server/session-cookie.ts';

const DAY_S = 24 * 3_600;
/** Longer than any session: a phone that was away for a month still knows whose answers it keeps. */
const LONGEST_S = 60 * DAY_S;

const nameOf = ({ locals }: RequestEvent) =>
	locals.app.settings.secureCookies ? HOLDER_COOKIES.secure : HOLDER_COOKIES.plain;

/**
 * After signing in: the phone may know whose it is now. On a shared phone, until the browser ends.
 * False when it knows already.
 */
export function noteHolder(event: RequestEvent, userId: string, token: string): boolean {
	const name = nameOf(event);
	if (event.cookies.get(name) === userId) return false;
	const { maxAge, ...attributes } = sessionCookie(event.locals.app, token).attributes;
	const lasting = maxAge === undefined ? {} : { maxAge: LONGEST_S };
	event.cookies.set(name, userId, { ...attributes, ...lasting, httpOnly: false });
	return true;
}

/** At signing out. */
export function forgetHolder(event: RequestEvent): void {
	event.cookies.delete(nameOf(event), { path: '/' });
}
