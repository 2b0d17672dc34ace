import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	optionalDependencies?: Record<string, string>;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, Locked>;
};

/**
 * npm writes no entry for an optional package that its registry did not have
 * for another platform, and `npm ci` then refuses the whole lockfile everywhere.
 * Those entries are added by hand: version, os and cpu are enough.
 */
test('the lockfile has an entry for every optional package, also of other platforms', () => {
	const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
		Object.keys(optionalDependencies).filter(
			(name) =>
				!(`node_modules/${name}` in lock.packages) &&
				!(`${path}/node_modules/${name}` in lock.packages)
		)
	);
	expect(missing).toEqual([]);
});
