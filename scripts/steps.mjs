/** The steps of `npm run check` and `npm test`, and how they are shown. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { build, compileMessages, isBuilt } from './build.mjs';
import { giveUp } from './give-up.mjs';
import { runBeside } from './processes.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, output: string }} Result
 * @typedef {{ name: string, run: (args: readonly string[]) => Result | Promise<Result> }} Step
 */

/** No step may hang a whole run; ten times what one takes on two quiet cores. */
const LONGEST_STEP_MS = 60 * 60_000;

/**
 * @param {string} script below node_modules
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function tool(script, args, env = {}) {
	return runBeside(process.execPath, [join(root, 'node_modules', script), ...args], {
		cwd: root,
		env: { ...process.env, ...env },
		timeout: LONGEST_STEP_MS
	});
}

/**
 * @param {boolean} ok
 * @param {string} output
 * @returns {Result}
 */
const oneTest = (ok, output) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output });

/**
 * @param {boolean} fix repair what can be repaired
 * @returns {Step[]}
 */
export const checks = (fix = false) => [
	{ name: 'format', run: () => format(fix) },
	{ name: 'lint', run: () => lint(fix) },
	{ name: 'types', run: types },
	{ name: 'texts', run: () => texts(fix) },
	{ name: 'dead code', run: deadCode }
];

/**
 * Before anything else: it writes the texts as code anew, which unit tests and types read.
 *
 * @type {Step}
 */
export const builds = { name: 'build', run: built };

/** @type {Step} */
export const unitTests = { name: 'unit', run: unit };

/** @type {Step} */
export const journeys = { name: 'browser', run: browser };

/**
 * What is generated and every step reads: the texts as code, SvelteKit's types. An install removes
 * the latter.
 */
export async function prepare() {
	const messages = compileMessages();
	if (!messages.ok) giveUp(1, [messages.output]);
	const sync = await tool('@sveltejs/kit/svelte-kit.js', ['sync']);
	if (!sync.ok) giveUp(1, [sync.output]);
}

/** @param {boolean} fix */
async function format(fix) {
	const args = [fix ? '--write' : '--check', '--log-level', 'warn', '.'];
	const { ok, output } = await tool('prettier/bin/prettier.cjs', args);
	return oneTest(ok, output);
}

/** @param {boolean} fix */
async function lint(fix) {
	const { ok, output } = await tool('eslint/bin/eslint.js', fix ? ['--fix', '.'] : ['.']);
	return oneTest(ok, output);
}

async function types() {
	const args = ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'];
	const pages = await tool('svelte-check/bin/svelte-check', args);
	// A worker knows no document: its types are a world of their own.
	const worker = await tool('typescript/bin/tsc', ['--project', './src/service-worker']);
	return oneTest(pages.ok && worker.ok, pages.output + worker.output);
}

/**
 * Both languages complete, and no mistake in the course text.
 *
 * @param {boolean} fix
 */
async function texts(fix) {
	const { messageMistakes } = await import('../vite/message-files.ts');
	const { mistakesInContent } = await import('../vite/content.ts');
	const mistakes = [
		...messageMistakes(join(root, 'messages')),
		...(await mistakesInContent(root, fix))
	];
	return oneTest(mistakes.length === 0, mistakes.join('\n'));
}

async function deadCode() {
	const { ok, output } = await tool('knip/bin/knip.js', ['--no-progress']);
	return oneTest(ok, output);
}

function built() {
	if (isBuilt()) return oneTest(true, '');
	const { ok, output } = build();
	return oneTest(ok, output);
}

/** @param {readonly string[]} args names of files, as vitest takes them */
function unit(args) {
	return withReport((file) => {
		const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
		return tool('vitest/vitest.mjs', ['run', ...reporters, ...args], { NO_COLOR: '1' });
	}, countVitest);
}

/** @param {readonly string[]} args names of files, as Playwright takes them */
function browser(args) {
	const building = built();
	if (building.failed) return building;
	return withReport((file) => {
		const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, NO_COLOR: '1' };
		return tool('@playwright/test/cli.js', ['test', '--reporter=line,json', ...args], env);
	}, countPlaywright);
}

/**
 * @param {(file: string) => Promise<{ ok: boolean, output: string }>} work writes its report to the file
 * @param {(report: any) => Omit<Result, 'output'>} count
 * @returns {Promise<Result>}
 */
async function withReport(work, count) {
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-report-'));
	const file = join(folder, 'report.json');
	try {
		const { ok, output } = await work(file);
		const counts = countOr(() => count(JSON.parse(readFileSync(file, 'utf8'))));
		// A run can fail without a failed test: a file that does not load, an error nobody awaited.
		if (!ok && counts.failed === 0) counts.failed = 1;
		return { ...counts, output };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @param {() => Omit<Result, 'output'>} count */
function countOr(count) {
	try {
		return count();
	} catch {
		return { passed: 0, failed: 1, skipped: 0 }; // it ended before it could report
	}
}

/** @param {any} report */
function countVitest(report) {
	const unread = report.testResults.filter(
		(/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unread.length,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

/** @param {any} report */
function countPlaywright({ stats, errors }) {
	return {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected + errors.length,
		skipped: stats.skipped
	};
}

/**
 * Runs every step to its end, so that one run shows everything that is wrong.
 *
 * @param {readonly (readonly Step[])[]} lanes side by side; the steps of one come one after the other
 * @param {readonly string[]} [args] for the tool of the step
 */
export async function runAll(lanes, args = []) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	/** @type {Set<string>} */
	const underway = new Set();
	/** @param {readonly Step[]} steps */
	const oneByOne = async (steps) => {
		for (const step of steps) {
			const started = performance.now();
			showUnderway(underway.add(step.name));
			const result = await step.run(args);
			underway.delete(step.name);
			show(step.name, result, performance.now() - started);
			if (underway.size > 0) showUnderway(underway);
			total.passed += result.passed;
			total.failed += result.failed;
			total.skipped += result.skipped;
		}
	};
	await Promise.all(lanes.map(oneByOne));
	return total;
}

/** @param {ReadonlySet<string>} names */
function showUnderway(names) {
	if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K· ${[...names].join(', ')} …`);
}

/**
 * @param {string} name
 * @param {Result} result
 * @param {number} tookMs
 */
function show(name, { passed, failed, skipped, output }, tookMs) {
	const counts =
		passed + failed + skipped > 1 ? ` (${countsInWords({ passed, failed, skipped })})` : '';
	const line = `${failed ? '✗' : '✓'} ${name} ${(tookMs / 1000).toFixed(1)} s${counts}`;
	console.log(process.stdout.isTTY ? `\r\u001b[K${line}` : line);
	if (failed) console.log(`\n${output.trim()}\n`);
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
export function countsInWords({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
