/** The people of the demo training, and how they come in: through the page, or past it when that is not the point. */
import {
	expect,
	request,
	type APIRequestContext,
	type APIResponse,
	type Browser,
	type BrowserContext,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';

/** All of the demo have the same; the sign-in page says so. */
export const PASSWORD = 'rembuk-bersama-2026';

/** What most participants hold in their hand. */
export const PHONE = { width: 360, height: 740 } as const;
export const LAPTOP = { width: 1280, height: 800 } as const;

/** One member of a team each, and one of everybody who looks after them. */
export type DemoPerson =
	| 'sari'
	| 'dodi'
	| 'rohani'
	| 'yusuf'
	| 'nurhayati'
	| 'amril'
	| 'maria'
	| 'bambang'
	| 'kepala'
	| 'fitri';

export async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
	await page.goto('/masuk');
	await page.getByLabel('Nama pengguna').fill(username);
	await page.getByLabel('Kata sandi').fill(password);
	await page.getByRole('button', { name: 'Masuk', exact: true }).click();
	await expect(page).toHaveURL(/\/beranda$/);
}

/**
 * Sends a form as the pages of this server do. Answers with the first answer, usually 303: nobody is
 * followed. A list of pairs may name a field twice.
 */
export function send(
	who: APIRequestContext,
	url: string,
	fields: Record<string, string> | [string, string][] = {}
): Promise<APIResponse> {
	return who.post(url, {
		data: new URLSearchParams(fields).toString(),
		headers: {
			origin: new URL(url).origin,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded'
		},
		maxRedirects: 0
	});
}

async function enter(who: APIRequestContext, server: string, username: string): Promise<void> {
	const answer = await send(who, `${server}/masuk`, { username, password: PASSWORD, next: '' });
	expect(answer.status(), `${username} signs in`).toBe(303);
}

/** A browser of its own in which this person is signed in. */
export async function browserOf(
	browser: Browser,
	server: string,
	username: DemoPerson | null,
	options: BrowserContextOptions = {}
): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: server, ...options });
	if (username) await enter(context.request, server, username);
	return context;
}

/** This person's requests without a browser. */
export async function requestsOf(
	server: string,
	username: string | null
): Promise<APIRequestContext> {
	const who = await request.newContext({ baseURL: server });
	if (username) await enter(who, server, username);
	return who;
}

/** Where an answer leads. */
export const leadsTo = (answer: APIResponse): string => answer.headers()['location'] ?? '';
