/**
 * Who holds this phone: the person who signed in last and has not signed out.
 *
 * Their id stands in a cookie that scripts may read, so that a page which was made for nobody in
 * particular knows whose notes to show, also without signal. It is no proof: it opens nothing on the
 * server, which asks the session.
 */
export const HOLDER_COOKIES = { secure: '__Host-pemegang', plain: 'pemegang' } as const;

const NAMES: readonly string[] = Object.values(HOLDER_COOKIES);

/** The id of the person, or null: nobody is signed in, or cookies are off. */
export function holderIn(cookies: string): string | null {
	for (const pair of cookies.split(';')) {
		const [name = '', value = ''] = pair.trim().split('=');
		if (NAMES.includes(name) && /^[\w-]+$/.test(value)) return value;
	}
	return null;
}

interface CookieStore {
	get(name: string): Promise<{ name?: string; value?: string } | null>;
}

/** For the service worker, which has no document. Null where the browser does not tell. */
export async function holderHere(): Promise<string | null> {
	const { cookieStore } = globalThis as { cookieStore?: CookieStore };
	if (!cookieStore) return null;
	const found = await Promise.all(NAMES.map((name) => cookieStore.get(name)));
	const pairs = found.map((cookie) => `${cookie?.name ?? ''}=${cookie?.value ?? ''}`);
	return holderIn(pairs.join('; '));
}
