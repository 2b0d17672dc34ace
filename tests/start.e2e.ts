import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { freePort, startServer } from './journeys/server.ts';

let folder: string;

test.beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'rembuk-start-'));
});

test.afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test.describe('the start says in one sentence per language why it cannot', () => {
	test('when the port is taken', async () => {
		const other = createServer();
		const port = await freePort();
		await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
		try {
			const { code, output } = await start({ PORT: String(port) });
			expect(code).toBe(1);
			expect(sentences(output)).toEqual([
				expect.stringContaining(`Port ${port} sedang dipakai`),
				expect.stringContaining(`Port ${port} is taken`)
			]);
		} finally {
			other.close();
		}
	});

	test('when the port is not a number', async () => {
		const { code, output } = await start({ PORT: 'tiga ribu' });
		expect(code).toBe(1);
		expect(sentences(output)).toHaveLength(2);
	});

	test('when the data folder cannot be written to', async () => {
		writeFileSync(join(folder, 'data'), 'a file where a folder should be');
		const { code, output } = await start({ DATABASE_URL: `file:${folder}/data/rembuk.db` });
		expect(code).toBe(1);
		expect(sentences(output)).toEqual([
			expect.stringContaining('tidak dapat ditulisi'),
			expect.stringContaining('cannot be written to')
		]);
	});

	test('when a newer program has written the database', async () => {
		const file = join(folder, 'rembuk.db');
		await (await startServer({ databaseUrl: `file:${file}` })).stop();
		const database = new Database(file);
		database
			.prepare('insert into migration (name, hash, at) values (?, ?, ?)')
			.run('9999_from_the_future.sql', 'x', 0);
		database.close();

		const { code, output } = await start({ DATABASE_URL: `file:${file}` });
		expect(code).not.toBe(0);
		expect(sentences(output)).toHaveLength(2);
		expect(output).not.toMatch(/\n\s+at /); // no stack
	});

	test('when the configuration has a mistake, with the exit code for that', async () => {
		const { code, output } = await start({ LOG_LEVEL: 'loud' }, ['--check-config']);
		expect(code).toBe(78);
		expect(output).toContain('LOG_LEVEL');
		expect(output).not.toMatch(/\n\s+at /);
	});
});

test('a sound configuration is called sound, and nothing is started', async () => {
	const { code, output } = await start({}, ['--check-config']);
	expect(code).toBe(0);
	expect(output).toContain('The configuration is sound.');
});

test('says where it is, and is gone within ten seconds when it is asked to stop', async () => {
	const server = await startServer();
	try {
		await expect.poll(() => server.output()).toContain(`http://localhost:${server.port}`);
		const asked = Date.now();
		await server.kill('SIGTERM');
		expect(Date.now() - asked).toBeLessThan(10_000);
	} finally {
		await server.stop();
	}
});

test('ends with the process that started it', async () => {
	const port = await freePort();
	const parent = spawn(
		process.execPath,
		[
			'-e',
			`require('child_process').spawn(process.execPath, ['scripts/serve.mjs'], { stdio: 'inherit' })`
		],
		{ env: environment({ PORT: String(port), REMBUK_FOLLOW_PARENT: '1' }), stdio: 'ignore' }
	);
	try {
		await expect.poll(() => answers(port), { timeout: 60_000 }).toBe(true);
	} finally {
		parent.kill('SIGKILL');
	}
	await expect.poll(() => answers(port), { timeout: 30_000 }).toBe(false);
});

test('what a visitor claims about the protocol changes nothing', async () => {
	const server = await startServer();
	try {
		const post = (origin: string) =>
			fetch(`${server.url}/masuk`, {
				method: 'POST',
				headers: {
					origin,
					'x-forwarded-proto': 'https',
					'x-rembuk-protocol': 'https',
					'content-type': 'application/x-www-form-urlencoded'
				},
				body: 'a=b'
			});
		expect((await post(server.url.replace('http:', 'https:'))).status).toBe(403);
		expect((await post(server.url)).status).toBe(400); // heard, and refused for what it says
	} finally {
		await server.stop();
	}
});

const environment = (changes: Record<string, string>) => ({
	...process.env,
	NODE_ENV: '',
	DATABASE_URL: `file:${folder}/rembuk.db`,
	...changes
});

/** Runs `npm start` without npm, to its end. */
async function start(changes: Record<string, string>, args: string[] = []) {
	const PORT = String(await freePort());
	const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
		env: environment({ PORT, ...changes }),
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	child.stdout.on('data', (text: Buffer) => (output += text.toString()));
	child.stderr.on('data', (text: Buffer) => (output += text.toString()));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { code, output };
}

const sentences = (output: string) => output.trim().split('\n');

const answers = (port: number) =>
	fetch(`http://127.0.0.1:${port}/health/live`).then(
		() => true,
		() => false
	);
