import { expect, test, type APIResponse } from '@playwright/test';
import { hrefsIn } from './pages.ts';
import { requestsOf, send } from './people.ts';
import { startServer } from './server.ts';

const ALWAYS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': expect.stringContaining('camera=(self)')
};

const isPage = (answer: APIResponse) => answer.headers()['content-type']?.startsWith('text/html');

/** Pages, a redirect, a refusal, errors, files, answers without a page. */
async function answersOf(server: string): Promise<Map<string, APIResponse>> {
	const sari = await requestsOf(server, 'sari');
	const get = (path: string) => sari.get(path, { maxRedirects: 0 });
	const home = await get('/beranda');
	const [style = ''] = hrefsIn(await home.text(), /^.*\.css$/);
	const post = (path: string) => send(sari, `${server}${path}`, { apa: 'saja' });
	return new Map([
		['a page', home],
		['a redirect', await get('/masuk')],
		['an unknown page', await get('/tidak-ada')],
		['a page of others', await get('/kelola')],
		['an unknown plan', await get('/rencana/tidak-ada')],
		['a refused form', await post('/umpan-balik/tidak-ada')],
		['an unknown method', await sari.fetch('/beranda', { method: 'PUT', maxRedirects: 0 })],
		['the style of the pages', await get(new URL(style, `${server}/beranda`).pathname)],
		['the icon', await get('/favicon.svg')],
		['the export', await get('/tinjau/ekspor.csv')],
		['the health check', await get('/health/live')]
	]);
}

test('every answer says what a browser may do with it', async ({ baseURL }) => {
	for (const [name, answer] of await answersOf(baseURL!)) {
		expect(answer.headers(), name).toMatchObject(ALWAYS);
	}
});

test('which methods there are may be asked without a trace in the log', async () => {
	const server = await startServer();
	try {
		const sari = await requestsOf(server.url, 'sari');
		for (const path of ['/beranda', '/akun']) {
			const answer = await sari.fetch(path, { method: 'OPTIONS' });
			expect(answer.status(), path).toBe(204);
		}
		expect(server.output()).not.toContain('route_never_asked');
	} finally {
		await server.stop();
	}
});

test('what is personal is kept nowhere', async ({ baseURL }) => {
	const answers = await answersOf(baseURL!);
	for (const name of [
		'a page',
		'a redirect',
		'an unknown page',
		'a page of others',
		'the export'
	]) {
		expect(answers.get(name)!.headers()['cache-control'], name).toContain('no-store');
	}
	expect(answers.get('the style of the pages')!.headers()['cache-control']).toContain('immutable');
});

test('a page runs only what we wrote, and shows no more of an error than a number', async ({
	baseURL
}) => {
	for (const [name, answer] of await answersOf(baseURL!)) {
		if (!isPage(answer)) continue;
		const policy = answer.headers()['content-security-policy'] ?? '';
		for (const part of [
			`default-src 'none'`,
			`script-src 'self'`,
			`frame-ancestors 'none'`,
			`form-action 'self'`,
			`base-uri 'none'`
		]) {
			expect(policy, name).toContain(part);
		}
		expect(policy, name).not.toMatch(/script-src[^;]*unsafe|style-src[^;]*'unsafe-inline'/);
		expect(await answer.text(), name).not.toMatch(/\n\s+at |sqlite|select .* from/i);
	}
});

test('over https a browser is told to stay there, by whatever it asked for', async () => {
	const server = await startServer({ env: { COOKIE_SECURE: 'true' } });
	try {
		const guest = await requestsOf(server.url, null);
		const front = await guest.get('/');
		const [style = ''] = hrefsIn(await front.text(), /^.*\.css$/);
		for (const path of ['/', '/favicon.svg', style, '/tidak-ada', '/%', '/health/live']) {
			const answer = await guest.get(new URL(path, server.url).href, { maxRedirects: 0 });
			expect(answer.headers(), path).toMatchObject({
				...ALWAYS,
				'strict-transport-security': 'max-age=31536000; includeSubDomains'
			});
		}
	} finally {
		await server.stop();
	}
});
