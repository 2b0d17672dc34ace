/** The built server in build/: whether it is still that of the sources, and how it is made. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { aside, newestBuild, publish } from './builds.mjs';
import { compileMessagesWith } from './message-compiler.mjs';
import { run } from './processes.mjs';

/** Everything that changes what is built. */
const SOURCES = [
	'src',
	'content',
	'messages',
	'static',
	'vite',
	'project.inlang/settings.json',
	'scripts/message-compiler.mjs',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];

const GENERATED = join('src', 'lib', 'paraglide');

const BUILDS = join(root, 'build');

/** The folder of the newest build, or null when there is none. */
export function builtFolder() {
	const name = newestBuild(BUILDS);
	return name && join(BUILDS, name);
}

export function isBuilt() {
	return newestBuild(BUILDS) === fingerprint();
}

/**
 * Compiles the messages and builds, beside what is being served. Shows nothing: the output is returned.
 *
 * @returns {{ ok: boolean, output: string }}
 */
export function build() {
	const name = fingerprint();
	if (existsSync(join(BUILDS, name))) {
		publish(BUILDS, name);
		return { ok: true, output: '' };
	}
	const messages = compileMessages();
	if (!messages.ok) return messages;
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const out = join('build', aside(name));
	const env = { ...process.env, NODE_ENV: 'production', BUILD_FOLDER: out };
	const built = run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		env,
		quiet: true
	});
	if (built.ok) publish(BUILDS, name);
	return built;
}

/** The texts of messages/ as code, before Vite runs: see vite/messages.ts. */
export function compileMessages() {
	return run(process.execPath, compileMessagesWith, { cwd: root, quiet: true });
}

function fingerprint() {
	const hash = createHash('sha256');
	for (const source of SOURCES) addTo(hash, source);
	return hash.digest('hex').slice(0, 16);
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
	const place = join(root, path);
	if (path === GENERATED || path.endsWith('.test.ts') || !existsSync(place)) return;
	const found = statSync(place);
	if (found.isDirectory()) {
		for (const name of readdirSync(place).sort()) addTo(hash, join(path, name));
	} else {
		// The contents, not the time: tools of the build write some of these files again as they were.
		hash.update(`${path}\0${found.size}\0`).update(readFileSync(place));
	}
}
