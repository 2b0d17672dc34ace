/** The processes of the bench: a server, a load generator, and how they are asked something. */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Child
 * @property {(what: string, about?: unknown) => Promise<any>} ask
 * @property {(signal?: NodeJS.Signals) => Promise<void>} end
 */

/**
 * Starts a script of this folder that calls `answer` from below.
 *
 * @param {string} script
 * @param {Record<string, string>} [env]
 * @returns {Child}
 */
export function start(script, env = {}) {
	const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
		env: { ...process.env, ...env },
		execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
		serialization: 'advanced'
	});
	/** @type {Map<number, PromiseWithResolvers<any>>} */
	const waiting = new Map();
	let asked = 0;
	let ended = false;
	const gone = new Promise((resolve) => child.once('exit', resolve)).then((code) => {
		ended = true;
		for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${code}`));
	});
	child.on('message', (/** @type {any} */ { id, value, failure }) => {
		const { resolve, reject } = waiting.get(id) ?? Promise.withResolvers();
		waiting.delete(id);
		if (failure) reject(new Error(`${script}: ${failure}`));
		else resolve(value);
	});
	return {
		ask: (what, about) => {
			if (ended) return Promise.reject(new Error(`${script} has ended`));
			const answer = Promise.withResolvers();
			waiting.set(++asked, answer);
			child.send({ id: asked, what, about });
			return answer.promise;
		},
		end: async (signal = 'SIGTERM') => {
			if (!ended) child.kill(signal);
			await gone;
		}
	};
}

/**
 * In a child: answers what the bench asks. It ends with the bench.
 *
 * @param {Record<string, (about: any) => unknown>} answers
 */
export function answer(answers) {
	process.on('message', (/** @type {any} */ { id, what, about }) => {
		Promise.resolve()
			.then(() => answers[what]?.(about))
			.then((value) => process.send?.({ id, value }))
			.catch((thrown) => process.send?.({ id, failure: String(thrown?.stack ?? thrown) }));
	});
	process.on('disconnect', () => process.exit());
	process.on('SIGTERM', () => process.exit());
}

/** In a child: what it has used so far, all its threads together. */
export function usage() {
	const { user, system } = process.cpuUsage();
	return {
		cpuMs: (user + system) / 1000,
		systemMs: system / 1000,
		peakBytes: process.resourceUsage().maxRSS * 1024
	};
}

/** In a child: what is left after everything that can go has gone. */
export async function memory() {
	for (let round = 0; round < 3; round++) {
		globalThis.gc?.();
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const { heapUsed, external, rss } = process.memoryUsage();
	return { keptBytes: heapUsed + external, rssBytes: rss };
}

/** In a child: what its main thread does until `stopProfile`, for the developer tools of a browser. */
export async function startProfile() {
	profiler.connect();
	await profiler.post('Profiler.enable');
	await profiler.post('Profiler.start');
}

/** @param {string} file */
export async function stopProfile(file) {
	const { profile } = await profiler.post('Profiler.stop');
	profiler.disconnect();
	writeFileSync(file, JSON.stringify(profile));
}

const profiler = new Session();
