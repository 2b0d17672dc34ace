import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aside, claim, newestBuild, publish } from '../scripts/builds.mjs';

const DAY_S = 24 * 3_600;

let builds: string;

beforeEach(() => {
	builds = mkdtempSync(join(tmpdir(), 'rembuk-builds-'));
});
afterEach(() => rmSync(builds, { recursive: true, force: true }));

/** A build as it stands when Vite is done: a server, and one chunk of a page. */
function make(name: string, chunk: string, folder = aside(name)): void {
	const chunks = join(builds, folder, 'client/_app/immutable');
	mkdirSync(chunks, { recursive: true });
	writeFileSync(join(chunks, chunk), name);
	writeFileSync(join(builds, folder, 'index.js'), name);
}

const chunksOf = (name: string) => readdirSync(join(builds, name, 'client/_app/immutable')).sort();

describe('builds beside one another', () => {
	test('there is none until one is complete', () => {
		expect(newestBuild(builds)).toBeNull();
		make('satu', 'a.js');
		expect(newestBuild(builds)).toBeNull();
		publish(builds, 'satu');
		expect(newestBuild(builds)).toBe('satu');
	});

	test('a new one takes the place of one that nobody serves', () => {
		make('satu', 'a.js');
		publish(builds, 'satu');
		make('dua', 'b.js');
		publish(builds, 'dua');
		expect(newestBuild(builds)).toBe('dua');
		expect(readdirSync(builds).sort()).toEqual(['current', 'dua']);
	});

	test('one that is being served stays whole until its server has ended', async () => {
		make('satu', 'a.js');
		publish(builds, 'satu');
		const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)']);
		writeFileSync(join(builds, 'satu', `.serving-${server.pid}`), '');
		make('dua', 'b.js');
		publish(builds, 'dua');
		expect(readFileSync(join(builds, 'satu/index.js'), 'utf8')).toBe('satu');
		server.kill('SIGKILL'); // it cannot take its mark away
		await once(server, 'exit');
		make('tiga', 'c.js');
		publish(builds, 'tiga');
		expect(existsSync(join(builds, 'satu'))).toBe(false);
	});

	test('whoever serves one says so', () => {
		make('satu', 'a.js', 'satu');
		claim(join(builds, 'satu'));
		make('dua', 'b.js');
		publish(builds, 'dua');
		expect(existsSync(join(builds, 'satu'))).toBe(true);
		expect(() => claim(join(builds, 'tidak-ada'))).not.toThrow();
	});

	test('what another process is making is left alone, what a dead one left is not', () => {
		make('dua', 'b.js', 'dua.1'); // process 1 always lives
		make('lain', 'x.js', 'lain.999999999');
		make('satu', 'a.js');
		publish(builds, 'satu');
		expect(readdirSync(builds).sort()).toEqual(['current', 'dua.1', 'satu']);
	});

	test('going back to the sources of an earlier one takes that one again', () => {
		make('satu', 'a.js');
		publish(builds, 'satu');
		claim(join(builds, 'satu'));
		make('dua', 'b.js');
		publish(builds, 'dua');
		publish(builds, 'satu');
		expect(newestBuild(builds)).toBe('satu');
		expect(existsSync(join(builds, 'dua'))).toBe(false);
	});

	test('pages that are open find their chunks for a week', () => {
		make('satu', 'a.js');
		publish(builds, 'satu');
		make('dua', 'b.js');
		publish(builds, 'dua');
		expect(chunksOf('dua')).toEqual(['a.js', 'b.js']);
		const eightDaysAgo = Date.now() / 1_000 - 8 * DAY_S;
		utimesSync(join(builds, 'dua/client/_app/immutable/a.js'), eightDaysAgo, eightDaysAgo);
		make('tiga', 'c.js');
		publish(builds, 'tiga');
		expect(chunksOf('tiga')).toEqual(['b.js', 'c.js']);
	});
});
