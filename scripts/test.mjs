/**
 * `npm test`: everything that must hold, in one command: format, lint, types, texts, dead code, unit
 * tests on both engines, the build, and journeys in a browser.
 *
 * Every step runs, also after one has failed. The last line is the count; a check counts as one test.
 * For one's own desk:
 *
 *     npm test -- unit                            one step
 *     npm test -- --only "dead code"
 *     npm test -- src/lib/plans                   unit tests below a folder, or of one file
 *     npm test -- tests/journeys/plan.e2e.ts      one journey
 */
import { install, runtime } from './bootstrap.mjs';

install('develop');
await runtime(import.meta.url);

const { checks, countsInWords, prepare, runAll, tests } = await import('./steps.mjs');

const all = [...checks(), ...tests()];
const { steps, args } = chosen(process.argv.slice(2));
prepare();
const total = await runAll(steps, args);
console.log(`\n${countsInWords(total)}`);
process.exit(total.failed ? 1 : 0);

/** @param {string[]} asked */
function chosen(asked) {
	const [first, ...rest] = asked.filter((word) => word !== '--only');
	if (first === undefined) return { steps: all, args: [] };
	const named = all.filter((step) => step.name === first);
	if (named.length > 0) return { steps: named, args: rest };
	const name = [first, ...rest].some((word) => word.includes('.e2e')) ? 'browser' : 'unit';
	return { steps: all.filter((step) => step.name === name), args: [first, ...rest] };
}
