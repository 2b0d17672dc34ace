/** Processes that start one another and must end together. Imports only node: modules. */
import { execFile, spawn, spawnSync } from 'node:child_process';

const PARENT_CHECK_MS = 500;
const LONGEST_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Calls `orphaned` once when the process that started this one has ended.
 *
 * npm runs a script under `sh -c`. A SIGTERM to npm ends that shell, which passes nothing on, and a
 * server would stay on its port for ever. Only in effect under npm, or with REMBUK_FOLLOW_PARENT: a
 * service manager may start us from a process that ends at once.
 *
 * @param {() => void} orphaned
 */
export function followParent(orphaned) {
	if (!process.env.npm_lifecycle_event && !process.env.REMBUK_FOLLOW_PARENT) return;
	const parent = process.ppid;
	const check = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(check);
		orphaned();
	}, PARENT_CHECK_MS);
	check.unref();
}

/**
 * Runs a program to its end. With `quiet` its output is kept and returned, otherwise it is shown.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeout?: number }} [options]
 * @returns {{ ok: boolean, output: string }}
 */
export function run(program, args, { quiet = false, ...options } = {}) {
	const done = spawnSync(program, args, {
		...options,
		stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
		encoding: 'utf8',
		maxBuffer: LONGEST_OUTPUT_BYTES
	});
	const output = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? done.error.message : ''}`;
	return { ok: done.status === 0, output };
}

/**
 * As `run` with `quiet`, while this process goes on.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runBeside(program, args, options = {}) {
	return new Promise((resolve) => {
		const all = { ...options, maxBuffer: LONGEST_OUTPUT_BYTES };
		const child = execFile(program, args, all, (error, stdout, stderr) => {
			// A code that is a number is the program's own; anything else is why it could not end by itself.
			const why = error && typeof error.code !== 'number' ? error.message : '';
			resolve({ ok: error === null, output: `${stdout}${stderr}${why}` });
		});
		child.stdin?.end();
	});
}

/**
 * Runs a program in place of this one: same terminal, signals passed on, same exit code.
 * Never returns, unless the program could not be started at all.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
export async function become(program, args, options = {}) {
	const child = spawn(program, args, { ...options, stdio: 'inherit' });
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => child.kill(signal));
	followParent(() => child.kill('SIGTERM'));
	/** @type {number | null} */
	const code = await new Promise((resolve) => {
		child.once('error', () => resolve(null));
		child.once('exit', (exitCode, signal) =>
			resolve(exitCode ?? (signal === 'SIGINT' ? 130 : 143))
		);
	});
	if (code !== null) process.exit(code);
}
