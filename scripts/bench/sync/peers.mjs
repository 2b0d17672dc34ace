/**
 * The servers that ours is measured beside: installed for the bench alone, into a folder of its own,
 * exactly as the lockfile beside this file says, so that `npm ci` of the project stays small.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../bootstrap.mjs';
import { giveUp } from '../../give-up.mjs';
import { run } from '../../processes.mjs';

const LIST = fileURLToPath(new URL('peers/', import.meta.url));
const FOLDER = join(root, 'node_modules/.cache/rembuk-bench');
const STAMP = join(FOLDER, 'installed.json');

export function installPeers() {
	const wanted = readFileSync(join(LIST, 'package-lock.json'), 'utf8');
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
	console.log('Installing the peers…');
	mkdirSync(FOLDER, { recursive: true });
	cpSync(LIST, FOLDER, { recursive: true });
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	const { ok, output } = run('npm', args, { cwd: FOLDER, quiet: true });
	if (!ok) giveUp(1, ['The peers could not be installed.', output]);
	writeFileSync(STAMP, wanted);
}

/** Loads a package of the peers, with the packages it is used to and none of ours. */
export const peer = createRequire(join(FOLDER, 'package.json'));

/** @param {string} name */
export function versionOf(name) {
	return JSON.parse(readFileSync(join(FOLDER, 'node_modules', name, 'package.json'), 'utf8'))
		.version;
}
