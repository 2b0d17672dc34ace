/**
 * Every request passes here: language, person, headers, and the rule that a
 * page which never asked what its visitor may see is not sent. `init` is the
 * only wiring of the rooms.
 */
import { randomBytes } from 'node:crypto';
import {
	sequence,
	type Handle,
	type HandleServerError,
	type ServerInit
} from '@sveltejs/kit/hooks';
import { dev } from '$app/env';
import { m } from '#lib/paraglide/messages.js';
import { newId } from '#lib/platform/ids.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { whereThrown } from '#lib/platform/server/log.ts';
import { theApp } from '#lib/platform/server/the-app.ts';
import { anybody } from '#lib/people/actor.ts';
import { sessionCookieName } from '#lib/people/server/session-cookie.ts';
import { signedInBy } from '#lib/people/server/sessions.ts';
import { compress } from './request/compress.server.ts';
import { noteHolder } from './request/holder.server.ts';
import { keptLessons } from './request/kept-lessons.server.ts';
import { inLanguage } from './request/language.server.ts';
import { askToSignIn } from './request/kept-form.server.ts';
import { toldWhereItLeads } from './request/leads-to.server.ts';
import { isForeign, refuseForeign } from './request/origin.server.ts';
import { isPublic } from './routes/public.ts';
import { isImpersonal, localeOf } from './routes/links.ts';
import { sentenceOf } from './routes/refusals.ts';
import { securityHeaders } from './request/headers.server.ts';
import { courseNow, wire } from './request/wiring.server.ts';

/** Before the port opens in production, at the first request in development. */
export const init: ServerInit = async () => wire(await theApp());

/** What the visitor may be told when a request failed: an id, never a stack. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	const locale = event.locals.locale ?? 'id';
	if (error instanceof Refusal) {
		return { status: httpStatus[error.code], message: sentenceOf(error, locale) };
	}
	if (kind === 'framework' || kind === 'app') {
		if (kind === 'app') return {};
		const { status } = error as { status?: number };
		const say = status === 413 ? m.platform_refused_too_large : m.platform_refused_not_found;
		return { message: say({}, { locale }) };
	}
	const id = newId();
	const route = event.route.id ?? '';
	event.locals.app?.log('error', 'request_failed', { id, route, where: whereThrown(error) });
	return { message: m.platform_error_ours({}, { locale }), id };
};

const ground: Handle = async ({ event, resolve }) => {
	event.locals.app = await theApp();
	event.locals.course = await courseNow(event.locals.app);
	event.locals.locale = localeOf(event.url.pathname);
	event.locals.actor = null;
	event.locals.impersonal = isImpersonal(event.url.pathname);
	event.locals.inBlank = null;
	if (isForeign(event.request, event.url)) return refuseForeign();
	if (event.locals.impersonal && event.request.method !== 'GET') return onlyToRead();
	const answer = toldWhereItLeads(event.request, await resolve(event));
	securityHeaders(event, answer);
	return answer;
};

/** Nobody in particular changes nothing. */
const onlyToRead = () => new Response(null, { status: 405, headers: { allow: 'GET' } });

const language: Handle = ({ event, resolve }) => {
	const { locale } = event.locals;
	const fillIn = ({ html }: { html: string }) => html.replace('%lang%', locale);
	return inLanguage(locale, event.url.origin, () => resolve(event, { transformPageChunk: fillIn }));
};

const person: Handle = async ({ event, resolve }) => {
	const { app } = event.locals;
	const token = event.cookies.get(sessionCookieName(app));
	const signedIn = await signedInBy(app, token);
	const actor = signedIn?.actor ?? null;
	const noted = actor !== null && token ? noteHolder(event, actor.userId, token) : false;
	event.locals.bringsCookie = noted || Boolean(signedIn?.cookie);
	// Only who is signed in may take a page along; whose it is must not be in it.
	event.locals.actor = actor && event.locals.impersonal ? anybody() : actor;
	event.locals.device = deviceOf(event);
	if (signedIn?.cookie) {
		const { name, value, attributes } = signedIn.cookie;
		event.cookies.set(name, value, attributes);
	}
	return resolve(event);
};

const YEAR_S = 365 * 24 * 3_600;

function deviceOf(event: Parameters<Handle>[0]['event']): string {
	const { secureCookies } = event.locals.app.settings;
	const name = secureCookies ? '__Host-perangkat' : 'perangkat';
	const known = event.cookies.get(name);
	if (known && /^[\w-]{22}$/.test(known)) return known;
	const device = randomBytes(16).toString('base64url');
	// Only where it is needed: a page that is merely read sets no cookie.
	if (event.request.method === 'POST') {
		event.cookies.set(name, device, {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: secureCookies,
			maxAge: YEAR_S
		});
	}
	return device;
}

const guard: Handle = async ({ event, resolve }) => {
	const { actor, locale, app } = event.locals;
	const route = event.route.id;
	if (route === null || isPublic(route)) return resolve(event);
	if (!actor) return askToSignIn(event);
	const answer = await resolve(event);
	// To OPTIONS Kit says by itself which methods there are, and nothing else.
	const says = answer.status < 300 && event.request.method !== 'OPTIONS';
	if (says && actor.asked === 0) {
		app.log('error', 'route_never_asked', { route });
		return new Response(m.platform_error_ours({}, { locale }), { status: 500 });
	}
	return answer;
};

/** In development every edit must be seen. */
const kept: Handle = dev ? ({ event, resolve }) => resolve(event) : keptLessons;

export const handle = sequence(ground, compress, language, person, guard, kept);
