/**
 * The builds beside one another in build/, each in a folder of its own, so that a server goes on
 * undisturbed with the one it has loaded while the next is made. `current` names the newest.
 */
import {
	cpSync,
	existsSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 24 * 3_600_000;

/** A page that is open asks for its parts later, of whatever server answers then. */
const OLD_CHUNKS_KEPT_MS = 7 * DAY_MS;
const CHUNKS = 'client/_app/immutable';

const SERVING = '.serving-';

/**
 * The name of the newest complete build, or null.
 *
 * @param {string} builds the folder of all builds
 */
export function newestBuild(builds) {
	const pointer = join(builds, 'current');
	const name = existsSync(pointer) ? readFileSync(pointer, 'utf8') : '';
	return name && existsSync(join(builds, name, 'index.js')) ? name : null;
}

/**
 * Where this process may make a build, in the folder of all builds. Nobody else removes it meanwhile.
 *
 * @param {string} name
 */
export const aside = (name) => `${name}.${process.pid}`;

/**
 * Makes the build that stands aside the newest, and removes those that nobody serves any more. One of
 * the same name that is there already stays: it is the same, and may be in use.
 *
 * @param {string} builds
 * @param {string} name
 */
export function publish(builds, name) {
	const made = join(builds, aside(name));
	const before = newestBuild(builds);
	if (before && existsSync(made)) keepOldChunks(join(builds, before), made);
	if (existsSync(made) && !existsSync(join(builds, name))) renameSync(made, join(builds, name));
	// In one step: whoever reads meanwhile finds the old name or the new one.
	writeFileSync(join(builds, aside('current')), name);
	renameSync(join(builds, aside('current')), join(builds, 'current'));
	for (const old of readdirSync(builds)) {
		if (old !== name && old !== 'current' && !isInUse(join(builds, old))) {
			rmSync(join(builds, old), { recursive: true, force: true });
		}
	}
}

/**
 * @param {string} before
 * @param {string} made
 */
function keepOldChunks(before, made) {
	const limit = Date.now() - OLD_CHUNKS_KEPT_MS;
	cpSync(join(before, CHUNKS), join(made, CHUNKS), {
		recursive: true,
		force: false,
		preserveTimestamps: true,
		filter: (path) => statSync(path).isDirectory() || statSync(path).mtimeMs > limit
	});
}

/**
 * For as long as this process lives its build stays. Where nothing can be written, nothing is removed.
 *
 * @param {string} build
 */
export function claim(build) {
	const mark = join(build, SERVING + process.pid);
	try {
		writeFileSync(mark, '');
	} catch {
		return;
	}
	process.once('exit', () => rmSync(mark, { force: true }));
}

/** @param {string} build */
function isInUse(build) {
	const users = statSync(build).isDirectory()
		? readdirSync(build).filter((name) => name.startsWith(SERVING))
		: [];
	return [build, ...users].some((name) => isAlive(Number(/[.-](\d+)$/.exec(name)?.[1] ?? 0)));
}

/** @param {number} pid */
function isAlive(pid) {
	if (pid === 0) return false;
	try {
		return process.kill(pid, 0);
	} catch (thrown) {
		return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
	}
}
