import { signedInBy } from '#lib/people/server/sessions.ts';
import { sessionCookieName } from '#lib/people/server/session-cookie.ts';
import { theApp } from '#lib/platform/server/the-app.ts';

/**
 * The bare page never gets past the first line; the same page with its session does what ours do to
 * know who asks.
 *
 * @type {import('@sveltejs/kit/hooks').Handle}
 */
export async function handle({ event, resolve }) {
	if (event.url.pathname !== '/session') return resolve(event);
	const app = await theApp();
	const signedIn = await signedInBy(app, event.cookies.get(sessionCookieName(app)));
	return signedIn ? resolve(event) : new Response(null, { status: 401 });
}
