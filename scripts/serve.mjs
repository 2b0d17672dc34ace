/**
 * Serves what was built: pages by SvelteKit's own server, live documents by src/realtime.ts on the
 * same port. Services call this file directly; `npm start` ends up here too.
 *
 * - HOST and PORT say where (127.0.0.1 and 3000); all settings are read by settings.ts.
 * - SIGTERM and SIGINT: no new requests, documents flushed, sockets closed, gone within 10 seconds.
 * - Something thrown that nobody caught: the same, with an exit code for whoever starts it again.
 * - METRICS_PORT: figures for Prometheus on a port of their own, to this machine alone.
 * - `--check-config` reads the configuration, says what is wrong with it, and ends.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listenSentences } from './address.mjs';
import { builtFolder } from './build.mjs';
import { claim } from './builds.mjs';
import { giveUp } from './give-up.mjs';
import { claimOrigin } from './origin.mjs';
import { followParent } from './processes.mjs';

/** The longest a stop may take; a process manager kills soon after that. */
const STOP_WITHIN_MS = 9_500;

/** sysexits.h, EX_SOFTWARE: we were wrong about something, and a new process is not. */
const FAILED = 70;

/** Requests that are under way get this long to finish, in seconds: the adapter's unit. */
const FINISH_REQUESTS_S = '5';

/** A phone on a weak signal may need long for its photo, but not for its headers. */
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 180_000;

/** Longer than the usual minute of a proxy, which otherwise meets connections that have just closed. */
const KEEP_ALIVE_MS = 65_000;

process.env.SHUTDOWN_TIMEOUT ??= FINISH_REQUESTS_S;
const setOrigin = claimOrigin();

const { readSettings } = await import('../src/lib/platform/server/settings.ts');
const { headersOfEverything } = await import('../src/request/always.ts');
const { limitsFrom } = await import('../src/collab/server/limits.ts');
const settings = await orGiveUp(() => readSettings(process.env));
const { host, port, metricsPort, secureCookies, syncLimits } = settings;
await orGiveUp(() => limitsFrom(syncLimits));
// The adapter reads them from here, and has other defaults.
Object.assign(process.env, { HOST: host, PORT: String(port) });

if (process.argv.includes('--check-config')) {
	console.log('Konfigurasi baik. / The configuration is sound.');
	process.exit(0);
}

const built = builtFolder() ?? giveUpUnbuilt();
claim(built);
const { handleUpgrade, isOurs, metrics, noteFailure, shutdown } = await load('server/realtime.js');
// Last, because it listens as soon as it is loaded: whoever comes first must be met by all of this.
const { server } = await load('index.js');

server.headersTimeout = HEADERS_TIMEOUT_MS;
server.requestTimeout = REQUEST_TIMEOUT_MS;
server.keepAliveTimeout = KEEP_ALIVE_MS;

server.once('listening', () => {
	const shown = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
	const { port: actual = port } = server.address() ?? {};
	console.log(`Rembuk siap / is ready: http://${shown}:${actual}`);
});
server.once('error', (/** @type {Error} */ error) =>
	giveUp(1, listenSentences(error, { host, port }))
);

const always = Object.entries(headersOfEverything({ https: secureCookies }));
server.prependListener('request', setOrigin);
server.prependListener('request', protectFiles);
server.on(
	'upgrade',
	/**
	 * @param {import('node:http').IncomingMessage} req
	 * @param {import('node:stream').Duplex} socket
	 * @param {Buffer} head
	 */
	(req, socket, head) => {
		socket.on('error', () => socket.destroy());
		if (!isOurs(req.url ?? '')) return socket.destroy();
		handleUpgrade(req, socket, head).catch((/** @type {unknown} */ thrown) => {
			console.error(thrown);
			socket.destroy();
		});
	}
);

if (metricsPort !== null) serveMetrics(metricsPort);

let stopping = false;
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Node raises a rejection that nobody awaits in the same way.
process.on('uncaughtException', fail);
followParent(() => process.kill(process.pid, 'SIGTERM'));

/**
 * The adapter hears the same signals and stops accepting; it then waits for every connection. Open
 * sockets would keep it waiting for ever, so the documents are flushed and the sockets closed here.
 */
async function stop() {
	if (stopping) return;
	stopping = true;
	const force = () =>
		giveUp(Number(process.exitCode ?? 1), ['Dihentikan paksa. / Stopped by force.']);
	setTimeout(force, STOP_WITHIN_MS).unref();
	try {
		await shutdown();
	} catch (thrown) {
		console.error(thrown);
		process.exitCode = 1;
	}
}

/**
 * What is acknowledged is on the disk, and what is not comes again from the phones: nothing is worth
 * going on for with a memory nobody can be sure of.
 *
 * @param {unknown} thrown
 * @param {string} origin
 */
function fail(thrown, origin) {
	process.exitCode = FAILED;
	noteFailure(origin, thrown);
	// Pages are ended by the adapter, which listens for it as well.
	process.kill(process.pid, 'SIGTERM');
}

/** @param {number} on */
function serveMetrics(on) {
	const figures = createServer(async (_req, res) => {
		try {
			res.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
			res.end(await metrics());
		} catch (thrown) {
			console.error(thrown);
			res.writeHead(500).end();
		}
	});
	const at = { host: '127.0.0.1', port: on };
	figures.once('error', (/** @type {Error} */ error) => giveUp(1, listenSentences(error, at)));
	figures.listen(at);
	figures.unref();
}

/** How long a phone may go without asking for a newer service worker: pages would ask each time. */
const WORKER_KEPT_S = 3_600;

/**
 * Files, and what the adapter answers by itself, never pass the pages' hooks: they get their headers
 * here. Pages set their own over these.
 *
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 */
function protectFiles(req, res) {
	for (const [name, value] of always) res.setHeader(name, value);
	if (req.url === '/service-worker.js') res.setHeader('cache-control', `max-age=${WORKER_KEPT_S}`);
}

function giveUpUnbuilt() {
	return giveUp(1, [
		'Halaman belum disiapkan. Jalankan "npm start".',
		'Nothing has been built yet. Run "npm start".'
	]);
}

/** @param {string} part of the build */
function load(part) {
	return orGiveUp(() => import(pathToFileURL(join(built, part)).href));
}

/**
 * An error that carries `sentences` is for the person who starts the program: it ends with these alone.
 *
 * @template T
 * @param {() => T} work
 * @returns {Promise<Awaited<T>>}
 */
async function orGiveUp(work) {
	try {
		return await work();
	} catch (thrown) {
		const { exitCode, sentences } = /** @type {{ exitCode?: number, sentences?: string[] }} */ (
			thrown
		);
		if (sentences) giveUp(exitCode ?? 1, sentences);
		throw thrown;
	}
}
