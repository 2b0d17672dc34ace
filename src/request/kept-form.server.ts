/**
 * A form meets a session that has run out: it is sent on, as it is, to the page that asks for the
 * password (307: the browser sends it again), sealed there, and sent on once more after that, to come
 * back filled. It is never carried out on the way: the person looks at it and sends it.
 */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { textsIn } from '#lib/platform/form.ts';
import {
	isFormKey,
	newFormKey,
	openSealedForm,
	sealForm,
	type KeptForm
} from '#lib/people/server/kept-form.ts';
import { sessionCookieName } from '#lib/people/server/session-cookie.ts';
import { whoseSessionRanOut } from '#lib/people/server/sessions.ts';
import { link, ownPath, pagePath } from '../routes/links.ts';

/** The field in which the sealed form travels. */
export const SEALED = 'isian';

/** Where somebody goes whose session is over. A form with something in it goes along. */
export async function askToSignIn(event: RequestEvent): Promise<never> {
	const { request, url, locals } = event;
	const page = pagePath(url.pathname);
	if (request.method !== 'POST') {
		redirect(303, link(`/masuk?lanjut=${encodeURIComponent(page + url.search)}`, locals.locale));
	}
	const somethingTyped = request.headers.get('content-length') !== '0';
	if (somethingTyped && (await ranOut(event))) {
		const address = encodeURIComponent(url.pathname + url.search);
		redirect(307, link(`/masuk/lagi?/simpan&ke=${address}`, locals.locale));
	}
	const lost = somethingTyped ? '&terlewat' : '';
	redirect(303, link(`/masuk?lanjut=${encodeURIComponent(page)}${lost}`, locals.locale));
}

const ranOut = ({ locals, cookies }: RequestEvent) =>
	whoseSessionRanOut(locals.app, cookies.get(sessionCookieName(locals.app)));

/** Null: nobody knows whose it is, or it is too long. */
export async function sealOf(event: RequestEvent, form: FormData): Promise<string | null> {
	const userId = await ranOut(event);
	const address = ownPath(event.url.searchParams.get('ke'));
	if (!userId || !address) return null;
	return sealForm({ userId, address, fields: textsIn(form) }, keepKey(event));
}

/** The form behind a seal, if this person wrote it in this browser. */
export function keptFor(event: RequestEvent, sealed: unknown, userId: string): KeptForm | null {
	const key = event.cookies.get(keyName(event));
	if (typeof sealed !== 'string' || !isFormKey(key)) return null;
	const kept = openSealedForm(sealed, key);
	return kept?.userId === userId ? kept : null;
}

/** What stands in the form that carries it, without it. */
export function besideSeal(form: FormData): FormData {
	const rest = new FormData();
	for (const [name, value] of form) if (name !== SEALED) rest.append(name, value);
	return rest;
}

function keyName({ locals }: RequestEvent): string {
	return locals.app.settings.secureCookies ? '__Host-isian' : 'isian';
}

/** Several pages may wait for a password at once: they share the key, which ends with the browser. */
function keepKey(event: RequestEvent): string {
	const name = keyName(event);
	const held = event.cookies.get(name);
	if (isFormKey(held)) return held;
	const key = newFormKey();
	event.cookies.set(name, key, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: event.locals.app.settings.secureCookies
	});
	return key;
}

/** At sign-out: what waits in other pages cannot be opened any more. */
export function forgetKeptForms(event: RequestEvent): void {
	event.cookies.delete(keyName(event), { path: '/' });
}
