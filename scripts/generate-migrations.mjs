/**
 * Writes the migrations that the schema asks for, for both engines.
 *
 *   node scripts/generate-migrations.mjs [name]    what has changed since the last migration
 *   node scripts/generate-migrations.mjs --fresh   everything anew; only before the first release
 *
 * The full-text index is not part of the schema: drizzle-kit does not know it. It is a migration of
 * its own, written by hand in src/lib/platform/server/db/full-text/<engine>.sql.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const kit = `${root}node_modules/drizzle-kit/bin.cjs`;
const engines = { sqlite: '', postgres: 'postgres://' };

const fresh = process.argv.includes('--fresh');
const name = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'change';

for (const [engine, url] of Object.entries(engines)) {
	if (fresh) startAnew(engine, url);
	else generate(url, ['--name', name]);
}

/**
 * @param {string} engine
 * @param {string} url
 */
function startAnew(engine, url) {
	const folder = `${root}drizzle/${engine}`;
	rmSync(folder, { recursive: true, force: true });
	generate(url, ['--name', 'init']);
	generate(url, ['--custom', '--name', 'full_text']);
	const fullText = `${root}src/lib/platform/server/db/full-text/${engine}.sql`;
	copyFileSync(fullText, `${folder}/0001_full_text.sql`);
}

/**
 * @param {string} url
 * @param {string[]} options
 */
function generate(url, options) {
	const { status } = spawnSync(process.execPath, [kit, 'generate', ...options], {
		cwd: root,
		env: { ...process.env, DATABASE_URL: url },
		stdio: ['ignore', 'inherit', 'inherit']
	});
	if (status !== 0) process.exit(status ?? 1);
}
