/**
 * Serves what was built: pages by SvelteKit's own server, live documents by src/realtime.ts on the
 * same port. Services call this file directly; `npm start` ends up here too.
 *
 * - HOST and PORT say where (127.0.0.1 and 3000).
 * - SIGTERM and SIGINT: no new requests, documents flushed, sockets closed, gone within 10 seconds.
 * - METRICS_PORT: figures for Prometheus on a port of their own, to this machine alone.
 * - `--check-config` reads the configuration, says what is wrong with it, and ends.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { address, listenSentences } from './address.mjs';
import { builtFolder } from './build.mjs';
import { claim } from './builds.mjs';
import { giveUp } from './give-up.mjs';
import { claimOrigin } from './origin.mjs';
import { followParent } from './processes.mjs';

/** The longest a stop may take; a process manager kills soon after that. */
const STOP_WITHIN_MS = 9_500;

/** Requests that are under way get this long to finish, in seconds: the adapter's unit. */
const FINISH_REQUESTS_S = '5';

/** A phone on a weak signal may need long for its photo, but not for its headers. */
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 180_000;

/** Longer than the usual minute of a proxy, which otherwise meets connections that have just closed. */
const KEEP_ALIVE_MS = 65_000;

const { host, port } = address();
process.env.SHUTDOWN_TIMEOUT ??= FINISH_REQUESTS_S;
const setOrigin = claimOrigin();

const { readSettings } = await import('../src/lib/platform/server/settings.ts');
const { headersOfEverything } = await import('../src/request/always.ts');
const { limitsFrom } = await import('../src/collab/server/limits.ts');
const { secureCookies, syncLimits } = await orGiveUp(() => readSettings(process.env));
await orGiveUp(() => limitsFrom(syncLimits));
const metricsPort = process.env.METRICS_PORT ? portOf(process.env.METRICS_PORT) : null;

if (process.argv.includes('--check-config')) {
	console.log('Konfigurasi baik. / The configuration is sound.');
	process.exit(0);
}

const built = builtFolder() ?? giveUpUnbuilt();
claim(built);
const { server } = await load('index.js');
const { handleUpgrade, isOurs, metrics, shutdown } = await load('server/realtime.js');

server.headersTimeout = HEADERS_TIMEOUT_MS;
server.requestTimeout = REQUEST_TIMEOUT_MS;
server.keepAliveTimeout = KEEP_ALIVE_MS;

server.once('listening', () => {
	const shown = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
	const { port: actual = port } = server.address() ?? {};
	console.log(`Rembuk siap / is ready: http://${shown}:${actual}`);
});
server.once('error', (/** @type {Error} */ error) => giveUp(1, listenSentences(error)));

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
followParent(() => process.kill(process.pid, 'SIGTERM'));

/**
 * The adapter hears the same signals and stops accepting; it then waits for every connection. Open
 * sockets would keep it waiting for ever, so the documents are flushed and the sockets closed here.
 */
async function stop() {
	if (stopping) return;
	stopping = true;
	setTimeout(() => giveUp(1, ['Dihentikan paksa. / Stopped by force.']), STOP_WITHIN_MS).unref();
	try {
		await shutdown();
	} catch (thrown) {
		console.error(thrown);
		process.exitCode = 1;
	}
}

/** @param {string} text */
function portOf(text) {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	return giveUp(78, [`METRICS_PORT: nomor port. / the number of a port: ${text}`]);
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
	figures.once('error', (/** @type {Error} */ error) => giveUp(1, listenSentences(error)));
	figures.listen(on, '127.0.0.1');
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
