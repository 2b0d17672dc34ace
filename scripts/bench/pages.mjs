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
		const pages = new Map([
			['bare node:http', `${bare.url}/`],
			['a lesson', await someLesson(portal.url)],
			['sign-in', `${portal.url}/masuk`]
		]);
		/** @type {Record<string, import('./parts/children.mjs').Load>} */
		const measured = {};
		for (const [name, url] of pages) measured[name] = await load(url, how);
		console.table(rows(measured));
		return { ...how, pages: measured };
	} finally {
		await Promise.all([portal.stop(), bare.stop()]);
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The first lesson that the course page leads to, by way of the first module. */
async function someLesson(/** @type {string} */ portal) {
	const module = await firstLink(`${portal}/belajar`, /^\/belajar\/[^/]+$/);
	return firstLink(module, /^\/belajar\/[^/]+\/(?!kuis$)[^/]+$/);
}

/**
 * @param {string} page
 * @param {RegExp} pattern of the path of the link that is wanted
 */
async function firstLink(page, pattern) {
	const html = await (await fetch(page)).text();
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
