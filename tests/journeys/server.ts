/**
 * The built portal as a process of its own, as an office would run it, so that a journey can pull
 * the plug (`kill('SIGKILL')`) and start it again on the same data.
 *
 * Whoever starts one stops it in a `finally`. If the tests themselves are killed, it notices and ends.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { temporaryFolder } from '../setup/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The demo is made at the first start; unit tests may be running beside it. */
const START_TIMEOUT_MS = 180_000;

export interface ServerOptions {
	/** Over the environment of the tests. The demo is on and cookies pass over http unless you say so. */
	env?: Record<string, string>;
	/** A SQLite file of its own, removed in the end, unless you name one. */
	databaseUrl?: string;
	/** A free one unless you name it: a restart on the same port lets open pages find it again. */
	port?: number;
}

export interface RunningServer {
	url: string;
	port: number;
	pid: number;
	databaseUrl: string;
	/** Resolves with the exit code when the process is gone; null when the signal ended it. Its data stays. */
	kill(signal: NodeJS.Signals): Promise<number | null>;
	/** Asks it to end, waits, and removes the data it was not given. */
	stop(): Promise<void>;
	/** Everything it has printed. */
	output(): string;
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const port = options.port ?? (await freePort());
	const folder = options.databaseUrl ? null : temporaryFolder('rembuk-journey-');
	const databaseUrl = options.databaseUrl ?? `file:${folder}/rembuk.db`;
	if (options.env?.REMBUK_DEMO === undefined) bringDemo(databaseUrl);
	const child = spawn(process.execPath, ['scripts/serve.mjs'], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			NODE_ENV: '',
			REMBUK_DEMO: '1',
			REMBUK_FOLLOW_PARENT: '1',
			COOKIE_SECURE: 'false',
			HOST: '127.0.0.1',
			...options.env,
			PORT: String(port),
			DATABASE_URL: databaseUrl
		}
	});
	let printed = '';
	const keep = (text: Buffer) => (printed += text.toString());
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const clear = () => folder && rmSync(folder, { recursive: true, force: true });

	const url = `http://127.0.0.1:${port}`;
	try {
		await answering(child, url);
	} catch (thrown) {
		await end(child, 'SIGKILL');
		clear();
		throw new Error(`the server did not start:\n${printed}`, { cause: thrown });
	}
	return {
		url,
		port,
		pid: child.pid ?? 0,
		databaseUrl,
		kill: (signal) => end(child, signal),
		stop: async () => {
			await end(child, 'SIGTERM');
			clear();
		},
		output: () => printed
	};
}

/** Laid out once by a program that was started on nothing; every other server starts on a copy. */
export async function layOutDemo(folder: string): Promise<void> {
	const file = join(folder, 'demo.db');
	const first = await startServer({ databaseUrl: `file:${file}` });
	// Only after an orderly end is all of it in that one file.
	if ((await first.kill('SIGTERM')) !== 0) throw new Error(`no orderly end:\n${first.output()}`);
	process.env.REMBUK_JOURNEY_DEMO = file; // the workers inherit it
}

function bringDemo(databaseUrl: string): void {
	const demo = process.env.REMBUK_JOURNEY_DEMO;
	if (!demo || !databaseUrl.startsWith('file:')) return;
	const file = databaseUrl.replace('file:', '');
	if (!existsSync(file)) copyFileSync(demo, file);
}

/** As if everybody had left their phone alone for too long. */
export function endAllSessions({ databaseUrl }: RunningServer): void {
	const database = new Database(databaseUrl.replace('file:', ''));
	database.prepare('update session set expires_at = ?').run(Date.now() - 1_000);
	database.close();
}

/**
 * A port nobody listens on. It lies below those that systems hand out by themselves (from 32768 or
 * 49152 on): no connection takes it before the server starts, or while it is stopped.
 */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(10_000, 32_768);
		if (await isFree(port)) return port;
	}
}

function isFree(port: number): Promise<boolean> {
	const probe = createServer();
	return new Promise((resolve) => {
		probe.once('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});
}

async function answering(child: ChildProcess, url: string): Promise<void> {
	const until = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < until) {
		if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
		const answer = await fetch(`${url}/health/ready`).catch(() => null);
		if (answer && answer.status < 500) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error('it did not answer in time');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
	const gone = new Promise((resolve) => child.once('close', resolve)); // with its last words
	child.kill(signal);
	await gone;
	return child.exitCode;
}
