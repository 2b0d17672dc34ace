import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/bootstrap.mjs';
import { attacks } from '../src/collab/server/attacks.ts';

/** A rule as the specification states it: '- [GRD4a] …'. */
const STATED = /^- \[([A-Z]+\d+[a-z]?)\]/gm;
const CITED = /\[([A-Z]+\d+[a-z]?)\]/g;

const stated = (file: string): string[] =>
	[...readFileSync(join(root, file), 'utf8').matchAll(STATED)].map(([, id = '']) => id);

/** The names of tests cite the rules they hold. */
function citedIn(folder: string): Set<string> {
	const cited = new Set<string>();
	for (const path of readdirSync(join(root, folder), { recursive: true }).map(String)) {
		if (!/\.(test|e2e)\.ts$/.test(path)) continue;
		const source = readFileSync(join(root, folder, path), 'utf8');
		for (const [, id = ''] of source.matchAll(CITED)) cited.add(id);
	}
	return cited;
}

const rules = stated('src/collab/SPEC.md');

test('every rule of the sync server has a number of its own', () => {
	expect(rules.length).toBeGreaterThan(40);
	expect(rules.filter((id, at) => rules.indexOf(id) !== at)).toEqual([]);
});

test('every rule of the sync server is held by a test that cites it', () => {
	const cited = new Set([
		...citedIn('src'),
		...citedIn('tests'),
		...attacks.map(({ rule }) => rule)
	]);
	expect(rules.filter((id) => !cited.has(id))).toEqual([]);
});

test('no test of the sync server cites a rule that is not there', () => {
	const known = [...rules, ...stated('src/lib/platform/server/documents.ts')];
	const logRules = ['LOG1', 'LOG2', 'LOG3', 'LOG4', 'LOG5', 'LOG6'];
	const unknown = [...citedIn('src/collab')].filter(
		(id) => !known.includes(id) && !logRules.includes(id)
	);
	expect(unknown).toEqual([]);
});
