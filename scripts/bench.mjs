/**
 * `npm run bench`: lists what can be measured; `npm run bench -- pages` measures it.
 *
 * A bench is a file in scripts/bench/ that exports `about` (one line) and `bench(args)`, which
 * returns what it found. The result is kept in bench-results/ with the machine it was measured on:
 * compare ratios within one run, never times between two machines.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, root, runtime } from './bootstrap.mjs';
import { giveUp } from './give-up.mjs';

install('develop');
await runtime(import.meta.url);
process.chdir(root);

const FOLDER = join(root, 'scripts/bench');
const benches = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.mjs'))
	.map((file) => basename(file, '.mjs'));

const [name, ...args] = process.argv.slice(2);
if (name === undefined) await list();
else if (benches.includes(name)) await measure(name);
else giveUp(1, [`Tidak ada bench "${name}". / There is no bench "${name}": ${benches.join(', ')}`]);
process.exit();

async function list() {
	for (const bench of benches) console.log(`${bench.padEnd(12)} ${(await load(bench)).about}`);
	console.log('\nnpm run bench -- <name>');
}

/** @param {string} bench */
async function measure(bench) {
	const { bench: run } = await load(bench);
	const at = new Date().toISOString();
	const results = await run(args);
	const machine = {
		cpu: cpus()[0]?.model ?? '',
		cores: cpus().length,
		memoryBytes: totalmem(),
		node: process.version,
		platform: `${process.platform}-${process.arch}`
	};
	mkdirSync('bench-results', { recursive: true });
	const file = `bench-results/${bench}-${at.replaceAll(':', '-')}.json`;
	writeFileSync(file, `${JSON.stringify({ bench, at, machine, results }, null, '\t')}\n`);
	console.log(`\n${file}`);
}

/**
 * @param {string} bench
 * @returns {Promise<{ about: string, bench(args: string[]): Promise<unknown> }>}
 */
function load(bench) {
	return import(pathToFileURL(join(FOLDER, `${bench}.mjs`)).href);
}
