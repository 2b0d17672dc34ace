/**
 * What a page costs the server, beside the least that SvelteKit can send on the same adapter: a page
 * that says hello, bare and with the session looked up as ours do. Pages of one class are asked for by
 * several phones at once; the load generator is a process of its own.
 *
 *     npm run bench -- pages [seconds per page] [connections] [rounds]
 *
 * The rounds alternate, so that a slow minute of the machine meets all of them; medians are shown.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bootstrap.mjs';
import { build, isBuilt } from '../build.mjs';
import { giveUp } from '../give-up.mjs';
import { run } from '../processes.mjs';
import { load, serve } from './parts/children.mjs';
import { middle } from './parts/middle.mjs';

export const about = 'a lesson beside a bare SvelteKit page: requests per CPU-second, p50, p99';

const HELLO = join(root, 'scripts/bench/hello');

/** Below the project, so that what it imports is found. */
const HELLO_BUILT = join(root, 'bench-results/hello');

/** What the others are compared with. */
const BARE = 'hello';

/** A lesson page should reach this part of the bare page's requests per CPU-second. */
const TARGET = 0.5;

/** @param {string[]} args */
export async function bench([seconds = '5', connections = '8', rounds = '3']) {
	if (!isBuilt()) orGiveUp(build());
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-bench-'));
	const how = { seconds: Number(seconds), connections: Number(connections) };
	try {
		buildHello();
		/** @type {Round[]} */
		const measured = [];
		for (let round = 1; round <= Number(rounds); round++) {
			console.log(`… ${round} of ${rounds}`);
			measured.push(await measureAll(folder, how));
		}
		const pages = medians(measured);
		console.table(rows(pages));
		const reached = ofBare(pages, 'a lesson');
		const verdict = reached >= TARGET ? 'reached' : 'missed';
		console.log(
			`a lesson / ${BARE}, per CPU-second: ${reached.toFixed(2)} (≥ ${TARGET}: ${verdict})`
		);
		return { ...how, rounds: measured, pages };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * @typedef {import('./parts/children.mjs').Load & { perCpuSecond: number }} Page
 * @typedef {Record<string, Page>} Round what was asked for, by its name
 */

/**
 * The portal first: its database knows the session that the hello page then looks up.
 *
 * @param {string} folder
 * @param {{ seconds: number, connections: number }} how
 * @returns {Promise<Round>}
 */
async function measureAll(folder, how) {
	const env = {
		DATABASE_URL: `file:${folder}/rembuk.db`,
		REMBUK_DEMO: '1',
		COOKIE_SECURE: 'false',
		LOG_LEVEL: 'error',
		HELLO_FOLDER: HELLO_BUILT
	};
	const portal = await whileServed('scripts/serve.mjs', env, async (served) => {
		const cookie = await signIn(served.url);
		const lesson = await someLesson(served.url, cookie);
		return {
			cookie,
			lesson: await measure(served, { url: lesson, cookie, ...how }),
			signIn: await measure(served, { url: `${served.url}/masuk`, ...how })
		};
	});
	const { cookie } = portal;
	const hello = await whileServed('scripts/bench/hello/serve.mjs', env, async (served) => ({
		bare: await measure(served, { url: `${served.url}/`, ...how }),
		session: await measure(served, { url: `${served.url}/session`, cookie, ...how })
	}));
	return {
		[BARE]: hello.bare,
		'hello with a session': hello.session,
		'a lesson': portal.lesson,
		'sign-in': portal.signIn
	};
}

/**
 * @template Found
 * @param {string} script
 * @param {Record<string, string>} env
 * @param {(served: import('./parts/children.mjs').Served) => Promise<Found>} work
 */
async function whileServed(script, env, work) {
	const served = await serve(script, env);
	try {
		return await work(served);
	} finally {
		await served.stop();
	}
}

/**
 * @param {import('./parts/children.mjs').Served} served
 * @param {Parameters<typeof load>[0]} how
 * @returns {Promise<Page>}
 */
async function measure(served, how) {
	const before = served.cpuSeconds();
	const asked = await load(how);
	const spent = served.cpuSeconds() - before;
	return { ...asked, perCpuSecond: asked.answeredInAll / spent };
}

function buildHello() {
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const config = join(HELLO, 'vite.config.mjs');
	const built = run(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
		cwd: root,
		env: { ...process.env, NODE_ENV: 'production', BUILD_FOLDER: HELLO_BUILT },
		quiet: true
	});
	// What Kit generates beside the sources.
	for (const made of ['.svelte-kit', 'node_modules']) {
		rmSync(join(HELLO, made), { recursive: true, force: true });
	}
	orGiveUp(built);
}

/** @param {{ ok: boolean, output: string }} built */
function orGiveUp({ ok, output }) {
	if (!ok) giveUp(1, [output]);
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
	const cookies = cookiesOf(answer);
	if (cookies.length === 0) throw new Error(`could not sign in: ${answer.status}`);
	// The first page after it says whose phone this is now: a browser keeps that, too.
	const first = await fetch(`${portal}/belajar`, { headers: { cookie: cookies.join('; ') } });
	return [...cookies, ...cookiesOf(first)].join('; ');
}

/** @param {Response} answer */
const cookiesOf = (answer) =>
	answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

/**
 * The first lesson of the course, and proof that it is one: a page that is not found is fast.
 *
 * @param {string} portal
 * @param {string} cookie
 */
async function someLesson(portal, cookie) {
	const { readCourse } = await import('../../src/lib/courses/server/content.ts');
	const [lesson] = readCourse(join(root, 'content')).modules.flatMap(({ lessons }) => lessons);
	if (!lesson) throw new Error('the course has no lesson');
	const url = `${portal}/belajar/${lesson.moduleSlug}/${lesson.slug}`;
	const html = await (await fetch(url, { headers: { cookie } })).text();
	if (!html.includes(`<h1>${lesson.title.id}`)) throw new Error(`${url} is not its lesson`);
	return url;
}

/**
 * @param {Round[]} rounds
 * @returns {Round}
 */
function medians(rounds) {
	const [first = {}] = rounds;
	return Object.fromEntries(
		Object.entries(first).map(([name, page]) => {
			const all = rounds.map((round) => round[name] ?? page);
			const figures = Object.keys(page).map((figure) => [
				figure,
				middle(all.map((one) => one[/** @type {keyof Page} */ (figure)])) ?? 0
			]);
			return [name, /** @type {Page} */ (Object.fromEntries(figures))];
		})
	);
}

/**
 * @param {Round} pages
 * @param {string} name
 */
const ofBare = (pages, name) =>
	(pages[name]?.perCpuSecond ?? 0) / (pages[BARE]?.perCpuSecond ?? Infinity);

/** @param {Round} pages */
function rows(pages) {
	return Object.fromEntries(
		Object.entries(pages).map(([name, page]) => [
			name,
			{
				'per CPU-s': Math.round(page.perCpuSecond),
				'of hello': ofBare(pages, name).toFixed(2),
				'requests/s': Math.round(page.perSecond),
				'p50 ms': page.p50Ms?.toFixed(1),
				'p99 ms': page.p99Ms?.toFixed(1),
				bytes: page.bytes,
				failed: page.failed
			}
		])
	);
}
