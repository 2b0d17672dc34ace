/**
 * Requests per second and waiting time of the pages a class opens together, beside a bare Node
 * server in the same run on the same machine.
 *
 *     npm run bench -- pages [seconds per page] [connections]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isBuilt } from '../build.mjs';
import { giveUp } from '../give-up.mjs';
import { load, serve } from './parts/children.mjs';

export const about = 'a lesson, the sign-in page and a bare server: requests/s, p50, p99';

/** @param {string[]} args */
export async function bench([seconds = '5', connections = '8']) {
	if (!isBuilt()) {
		const { ok, output } = build();
		if (!ok) giveUp(1, [output]);
	}
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-bench-'));
	const how = { seconds: Number(seconds), connections: Number(connections) };
	const portal = await serve('scripts/serve.mjs', {
		DATABASE_URL: `file:${folder}/rembuk.db`,
		REMBUK_DEMO: '1',
		COOKIE_SECURE: 'false',
		LOG_LEVEL: 'error'
	});
	const bare = await serve('scripts/bench/parts/bare.mjs');
	try {
		const cookie = await signIn(portal.url);
		const pages = new Map([
			['bare node:http', { url: `${bare.url}/` }],
			['a lesson', { url: await someLesson(portal.url, cookie), cookie }],
			['sign-in', { url: `${portal.url}/masuk` }]
		]);
		/** @type {Record<string, import('./parts/children.mjs').Load>} */
		const measured = {};
		for (const [name, page] of pages) measured[name] = await load({ ...page, ...how });
		console.table(rows(measured));
		return { ...how, pages: measured };
	} finally {
		await Promise.all([portal.stop(), bare.stop()]);
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * As somebody of the demo.
 *
 * @param {string} portal
 * @returns {Promise<string>} the cookie
 */
async function signIn(portal) {
	const { demoAccounts } = await import('../../src/demo/demo.server.ts');
	const [someone] = demoAccounts;
	if (!someone) throw new Error('the demo has no accounts');
	const { username, password } = someone;
	const answer = await fetch(`${portal}/masuk`, {
		method: 'POST',
		headers: { origin: portal, 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ username, password }),
		redirect: 'manual'
	});
	const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
	if (cookies.length === 0) throw new Error(`could not sign in: ${answer.status}`);
	return cookies.join('; ');
}

/**
 * The first lesson that the course page leads to, by way of the first module.
 *
 * @param {string} portal
 * @param {string} cookie
 */
async function someLesson(portal, cookie) {
	const module = await firstLink(`${portal}/belajar`, cookie, /^\/belajar\/[^/]+$/);
	return firstLink(module, cookie, /^\/belajar\/[^/]+\/(?!kuis$)[^/]+$/);
}

/**
 * @param {string} page
 * @param {string} cookie
 * @param {RegExp} pattern of the path of the link that is wanted
 */
async function firstLink(page, cookie, pattern) {
	const html = await (await fetch(page, { headers: { cookie } })).text();
	for (const [, href = ''] of html.matchAll(/href="([^"#?]+)/g)) {
		const url = new URL(href, page);
		if (pattern.test(url.pathname)) return url.href;
	}
	throw new Error(`${page} leads to no ${pattern}`);
}

/** @param {Record<string, import('./parts/children.mjs').Load>} measured */
function rows(measured) {
	const bare = measured['bare node:http']?.perSecond ?? 1;
	return Object.fromEntries(
		Object.entries(measured).map(([name, { perSecond, p50Ms, p99Ms, bytes, failed }]) => [
			name,
			{
				'requests/s': Math.round(perSecond),
				'of bare': (perSecond / bare).toFixed(3),
				'p50 ms': p50Ms?.toFixed(1),
				'p99 ms': p99Ms?.toFixed(1),
				bytes,
				failed
			}
		])
	);
}
