import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import ts from 'typescript';
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

/** The packages a source loads; types are gone by then. */
function packagesOf(source: string): string[] {
	const scripts = [...source.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)];
	const code = scripts.length > 0 ? scripts.map((hit) => hit[1]).join('\n') : source;
	return ts
		.preProcessFile(code.replaceAll(/^\s*import type [^;]+;/gm, ''), true, true)
		.importedFiles.map(({ fileName }) => fileName)
		.filter((name) => !/^([.#$/]|node:|virtual:)/.test(name) && !builtinModules.includes(name))
		.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
}

/** What is read when the portal is built and served. */
function sourcesToRun(): string[] {
	const below = (folder: string) =>
		readdirSync(folder, { recursive: true }).map((path) => `${folder}/${String(path)}`);
	const code = [...below('src'), ...below('vite')].filter(
		(path) =>
			/\.(ts|svelte)$/.test(path) &&
			!/\.(test|child)\.ts$|\/(testing|paraglide)\/|harness|\.d\.ts$/.test(path)
	);
	return [...code, 'vite.config.ts', 'svelte.config.js', 'scripts/serve.mjs'];
}

/** `npm start` leaves out what only development needs: half of the download. */
test('what is loaded to build and to serve is installed by npm start', () => {
	const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		dependencies: Record<string, string>;
	};
	const loaded = sourcesToRun().flatMap((path) => packagesOf(readFileSync(path, 'utf8')));
	expect(new Set(loaded).size).toBeGreaterThan(15);
	expect([...new Set(loaded)].filter((name) => !(name in dependencies))).toEqual([]);
});
