/** The processes of a bench: servers that come up, answer, and are put away again. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { root } from '../../bootstrap.mjs';

const START_TIMEOUT_MS = 30_000;

/**
 * @typedef {object} Served
 * @property {string} url
 * @property {() => number} cpuSeconds used so far, all its threads together; from Linux's /proc
 * @property {() => number} residentBytes memory it holds now; from /proc, too
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server on a free port and waits until it answers.
 *
 * @param {string} script from the project's folder
 * @param {Record<string, string>} [env]
 * @returns {Promise<Served>}
 */
export async function serve(script, env = {}) {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, [script], {
		cwd: root,
		env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: String(port) },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const stop = async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		await gone;
	};
	const until = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < until && child.exitCode === null) {
		if (await fetch(url).catch(() => null))
			return {
				url,
				cpuSeconds: () => cpuSecondsOf(child.pid),
				residentBytes: () => residentBytesOf(child.pid),
				stop
			};
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	await stop();
	throw new Error(`${script} did not start`);
}

/** A tick of the kernel's clock, as /proc counts them. */
const TICKS_PER_SECOND = 100;

/** @param {number | undefined} pid */
function cpuSecondsOf(pid) {
	// The name of the program stands in brackets and may hold spaces: what follows is counted.
	const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
	const [user, system] = rest.split(' ').slice(11, 13).map(Number);
	return ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND;
}

const PAGE_BYTES = 4096;

/** @param {number | undefined} pid */
function residentBytesOf(pid) {
	return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}

/**
 * @typedef {{ perSecond: number, p50Ms: number, p99Ms: number, bytes: number, failed: number, answeredInAll: number }} Load
 *
 * @param {{ url: string, cookie?: string, connections: number, seconds: number }} how
 * @returns {Promise<Load>}
 */
export async function load({ url, cookie = '', connections, seconds }) {
	const script = fileURLToPath(new URL('load.mjs', import.meta.url));
	const args = [script, url, String(connections), String(seconds), cookie];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.on('data', (part) => (output += part));
	await new Promise((resolve) => child.once('close', resolve));
	return JSON.parse(output);
}

/** @returns {Promise<number>} */
export function freePort() {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			probe.close(() => resolve(port));
		});
	});
}
