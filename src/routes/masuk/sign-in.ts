import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { checkbox, secret } from '#lib/platform/form.ts';
import { signIn } from '#lib/people/server/accounts.ts';
import { addressOf } from '../../request/address.server.ts';

/** The fields of SignInFields.svelte. */
export const signInFields = {
	username: v.pipe(v.string(), v.maxLength(80)),
	password: secret,
	shared: checkbox
};

type SignInFields = v.InferOutput<v.StrictObjectSchema<typeof signInFields, undefined>>;

/** Signs in what those fields say and sets the cookie. Refuses as `signIn` does. */
export async function signInWith(
	event: RequestEvent,
	typed: SignInFields
): Promise<{ userId: string }> {
	const { app, device } = event.locals;
	const { userId, cookie } = await signIn(app, {
		username: typed.username,
		password: typed.password,
		sharedPhone: typed.shared ?? false,
		device,
		address: addressOf(event),
		userAgent: event.request.headers.get('user-agent')
	});
	event.cookies.set(cookie.name, cookie.value, cookie.attributes);
	return { userId };
}
