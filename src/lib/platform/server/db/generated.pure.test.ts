/** The generated migrations say what the schema says, on both engines. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ENGINES = { sqlite: 'sqlite', postgres: 'postgresql' };

const migrationsIn = (folder: string) =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.sql'))
		.sort();

test('both engines have the same migrations', () => {
	expect(migrationsIn('drizzle/sqlite')).toEqual(migrationsIn('drizzle/postgres'));
});

test.each(Object.keys(ENGINES))(
	'the full-text index of %s is the one that was written',
	(engine) => {
		const written = readFileSync(`src/lib/platform/server/db/full-text/${engine}.sql`, 'utf8');
		expect(readFileSync(`drizzle/${engine}/0001_full_text.sql`, 'utf8')).toBe(written);
	}
);

test.concurrent.each(Object.entries(ENGINES))(
	'nothing is missing on %s',
	async (engine, dialect) => {
		const home = mkdtempSync(join(tmpdir(), 'rembuk-generate-'));
		try {
			cpSync(`drizzle/${engine}`, home, { recursive: true });
			const before = migrationsIn(home);
			const { stdout } = await generate(dialect, home);
			expect(migrationsIn(home)).toEqual(before);
			expect(stdout).toContain('No schema changes');
		} finally {
			rmSync(home, { recursive: true });
		}
	}
);

function generate(dialect: string, out: string) {
	const schema = './src/lib/platform/server/db/schema/index.ts';
	const kit = 'node_modules/drizzle-kit/bin.cjs';
	// drizzle-kit puts './' before every path, also before an absolute one.
	const options = { dialect, schema, out: relative('', out), casing: 'snake_case' };
	const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
	const url = dialect === 'postgresql' ? 'postgres://' : '';
	const env = { ...process.env, DATABASE_URL: url, NODE_OPTIONS: '' };
	return run(process.execPath, [kit, 'generate', ...flags], { env });
}
