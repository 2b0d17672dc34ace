/**
 * `npm test`: everything that must hold, in one command: the build; then unit tests on both engines
 * beside format, lint, types, texts, dead code and the journeys in a browser.
 *
 * Every step runs, also after one has failed. The last line is the count; a check counts as one test.
 * For one's own desk:
 *
 *     npm test -- unit                            one step
 *     npm test -- --only "dead code"
 *     npm test -- src/lib/plans                   unit tests below a folder, or of one file
 *     npm test -- tests/journeys/plan.e2e.ts      one journey
 */
import { existsSync } from 'node:fs';
import { install, runtime } from './bootstrap.mjs';
import { giveUp } from './give-up.mjs';

install('develop');
await runtime(import.meta.url);

const { builds, checks, countsInWords, journeys, prepare, runAll, unitTests } =
	await import('./steps.mjs');

/** Each round begins when the one before has ended; its lanes keep two cores busy. */
const everything = [[[builds]], [[unitTests], [...checks(), journeys]]];

const { rounds, args } = chosen(process.argv.slice(2));
await prepare();
const total = { passed: 0, failed: 0, skipped: 0 };
for (const lanes of rounds) {
	const { passed, failed, skipped } = await runAll(lanes, args);
	total.passed += passed;
	total.failed += failed;
	total.skipped += skipped;
}
console.log(`\n${countsInWords(total)}`);
process.exit(total.failed ? 1 : 0);

/** @param {string[]} asked */
function chosen(asked) {
	const [first, ...rest] = asked.filter((word) => word !== '--only');
	if (first === undefined) return { rounds: everything, args: [] };
	const all = everything.flat(2);
	const named = all.filter((step) => step.name === first);
	if (named.length > 0) return { rounds: [[named]], args: rest };
	const args = [first, ...rest];
	const isJourney = (/** @type {string} */ word) => /\.e2e|^tests\/journeys\b/.test(word);
	if (!args.some(isJourney)) return { rounds: [[[unitTests]]], args };
	const other = args.find((word) => !isJourney(word) && existsSync(word));
	if (other) {
		giveUp(1, [
			`${other} bukan tes di peramban: jalankan tes unit dan tes peramban satu per satu.`,
			`${other} is no journey: run unit tests and journeys one after the other.`
		]);
	}
	return { rounds: [[[journeys]]], args };
}
