/** People who type in the same documents: what a delivery costs, and how long it takes. */
import { middle } from '../../parts/middle.mjs';
import { run } from '../contestants.mjs';
import { start } from '../children.mjs';
import { smallPlan } from '../plans.mjs';

/**
 * @typedef {object} Load
 * @property {string} name
 * @property {number} documents
 * @property {number} people in each
 * @property {number} editsPerSecond of all together
 * @property {boolean} [cursors]
 *
 * @typedef {object} Delivered
 * @property {number} cpuMs per 1,000 deliveries of an edit to somebody else
 * @property {number | null} p50Ms from one phone to another
 * @property {number | null} p99Ms
 * @property {number | null} toldP50Ms until its author is told; nothing is told by half of them
 * @property {number | null} toldP99Ms
 * @property {number} deliveries
 * @property {number} missing
 * @property {number} lateMs how far the generator itself fell behind at worst
 */

/** @type {Load[]} */
export const loads = [
	{ name: '50 × 10, 500/s', documents: 50, people: 10, editsPerSecond: 500 },
	{ name: '50 × 10, 2,000/s', documents: 50, people: 10, editsPerSecond: 2_000 },
	{ name: '4 × 50, 200/s', documents: 4, people: 50, editsPerSecond: 200 },
	{ name: '4 × 50, 800/s', documents: 4, people: 50, editsPerSecond: 800 },
	{ name: '1 × 200, 50/s', documents: 1, people: 200, editsPerSecond: 50 },
	{
		name: '50 × 10, 500/s, cursors',
		documents: 50,
		people: 10,
		editsPerSecond: 500,
		cursors: true
	},
	{ name: '1 × 2, 1/s (quiet)', documents: 1, people: 2, editsPerSecond: 1 }
];

/** A quiet document needs longer until there is something to count. */
const QUIET_FACTOR = 3;

/**
 * Rounds are interleaved: each contestant once, then each once again, so that a slow minute of the
 * machine meets all of them.
 *
 * @param {import('../bench.mjs').Setting} setting
 * @returns {Promise<Record<string, Record<string, Delivered>>>} by load and contestant
 */
export async function measureDeliveries({
	contestants,
	repetitions,
	seconds,
	warmUpSeconds,
	newDatabase,
	say
}) {
	/** @type {Record<string, Record<string, Delivered>>} */
	const results = {};
	for (const load of loads) {
		/** @type {Record<string, Delivered[]>} */
		const rounds = {};
		for (let round = 0; round < repetitions; round++) {
			for (const contestant of contestants) {
				say(`${load.name}: ${contestant.name}, ${round + 1} of ${repetitions}`);
				const env = await newDatabase(contestant);
				const one = await once(contestant, { load, seconds, warmUpSeconds, env });
				(rounds[contestant.name] ??= []).push(one);
			}
		}
		const medians = Object.entries(rounds).map(([name, all]) => [name, median(all)]);
		results[load.name] = Object.fromEntries(medians);
		for (const [name, { cpuMs, p99Ms }] of Object.entries(results[load.name] ?? {})) {
			const late = p99Ms === null ? '' : `, p99 ${p99Ms.toFixed(0)} ms`;
			say(`${load.name}: ${name} ${cpuMs.toFixed(1)} ms CPU per 1,000 deliveries${late}`);
		}
	}
	return results;
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {{ load: Load, seconds: number, warmUpSeconds: number, env: Record<string, string> }} how
 * @returns {Promise<Delivered>}
 */
async function once(contestant, { load, seconds, warmUpSeconds, env }) {
	const { documents, people, editsPerSecond, cursors = false } = load;
	const long = editsPerSecond < 10 ? seconds * QUIET_FACTOR : seconds;
	const update = smallPlan();
	const ids = Array.from({ length: documents }, (_, n) => ({ id: `doc-${n}`, update }));
	const server = await run(contestant, { documents: ids, env });
	const generator = start('generator/main.mjs');
	try {
		const { port } = server;
		const crowd = { port, dialect: contestant.dialect, documents, people, editsPerSecond, cursors };
		await generator.ask('openCrowd', { ...crowd, seconds: long + warmUpSeconds + 30 });
		await generator.ask('startTyping');
		await pause(warmUpSeconds * 1000);
		const before = await server.ask('usage');
		await generator.ask('mark');
		await pause(long * 1000);
		const after = await server.ask('usage');
		const { deliveries, propagation, acknowledgement, lateMs } = await generator.ask('report');
		const { missing } = await generator.ask('stop');
		return {
			cpuMs: ((after.cpuMs - before.cpuMs) / deliveries) * 1000,
			p50Ms: propagation?.p50Ms ?? null,
			p99Ms: propagation?.p99Ms ?? null,
			toldP50Ms: acknowledgement?.p50Ms ?? null,
			toldP99Ms: acknowledgement?.p99Ms ?? null,
			deliveries,
			missing,
			lateMs
		};
	} finally {
		await generator.end();
		await server.end();
	}
}

/**
 * The middle of each figure by itself.
 *
 * @param {readonly Delivered[]} all
 * @returns {Delivered}
 */
function median(all) {
	/** @param {keyof Delivered} key */
	const of = (key) => middle(all.map((one) => one[key]).filter((value) => value !== null));
	/** @param {keyof Delivered} key */
	const number = (key) => of(key) ?? 0;
	return {
		cpuMs: number('cpuMs'),
		p50Ms: of('p50Ms'),
		p99Ms: of('p99Ms'),
		toldP50Ms: of('toldP50Ms'),
		toldP99Ms: of('toldP99Ms'),
		deliveries: number('deliveries'),
		missing: Math.max(...all.map(({ missing }) => missing)),
		lateMs: number('lateMs')
	};
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
