/**
 * A full day in ten minutes: 300 people write in 30 plans, a thousand more sockets are open and
 * silent. The whole portal as it is served, with real accounts, sessions and rights; who types runs
 * in a process of its own.
 *
 *     npm run bench -- soak [minutes]        ten when you do not say
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isBuilt } from '../build.mjs';
import { giveUp } from '../give-up.mjs';
import { serve } from './parts/children.mjs';
import { middle } from './parts/middle.mjs';
import { start } from './sync/children.mjs';
import { gatherPeople } from './soak/people.mjs';

export const about = '300 editors on 30 plans and 1,000 idle sockets: p95, memory and its slope';

const IDLE = 1_000;
/** Each of them strikes a key every two thirds of a second; half of that time people think. */
const EDITS_PER_SECOND = 450;
const WARM_UP_MS = 20_000;
const STRETCH_MS = 10_000;

/** Promised: `docs/performance.md`. */
const TARGETS = { p95Ms: 250, residentMb: 400 };

/** @typedef {{ atS: number, p95Ms: number, residentMb: number, cpuShare: number }} Stretch */

/** @param {string[]} args */
export async function bench([given = '10']) {
	const minutes = Number(given);
	if (!(minutes > 0)) {
		giveUp(1, [`Berapa menit? / How many minutes? npm run bench -- soak 10, not "${given}"`]);
	}
	if (!isBuilt()) {
		const { ok, output } = build();
		if (!ok) giveUp(1, [output]);
	}
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-soak-'));
	const databaseUrl = `file:${join(folder, 'rembuk.db')}`;
	const { plans, editors, seats } = await gatherPeople(databaseUrl, IDLE);
	const server = await serve('scripts/serve.mjs', {
		DATABASE_URL: databaseUrl,
		COOKIE_SECURE: 'false',
		LOG_LEVEL: 'error'
	});
	const generator = start('generator/main.mjs');
	const seconds = minutes * 60;
	try {
		const where = { port: Number(new URL(server.url).port), dialect: 'yjs' };
		const crowd = { documents: plans.length, people: editors[0]?.length ?? 0, ids: plans };
		await generator.ask('openCrowd', {
			...{ ...where, ...crowd, cookies: editors, cursors: true },
			...{ editsPerSecond: EDITS_PER_SECOND, seconds: seconds + 120 }
		});
		await generator.ask('sitAt', { ...where, seats });
		await generator.ask('startTyping');
		await pause(WARM_UP_MS);
		const stretches = await watch(server, generator, seconds * 1000);
		const idle = await generator.ask('seated');
		const { missing } = await generator.ask('stop');
		const results = { ...summaryOf(stretches), missing, idle, minutes, stretches };
		show(results);
		return results;
	} finally {
		await generator.end();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * @param {import('./parts/children.mjs').Served} server
 * @param {import('./sync/children.mjs').Child} generator
 * @param {number} lastingMs
 * @returns {Promise<Stretch[]>}
 */
async function watch(server, generator, lastingMs) {
	/** @type {Stretch[]} */
	const stretches = [];
	const started = performance.now();
	let used = server.cpuSeconds();
	let from = started;
	while (performance.now() - started < lastingMs) {
		await generator.ask('mark');
		await pause(STRETCH_MS);
		const { propagation } = await generator.ask('report');
		const [now, nowUsed] = [performance.now(), server.cpuSeconds()];
		stretches.push({
			atS: Math.round((now - started) / 1000),
			p95Ms: propagation?.p95Ms ?? Infinity,
			residentMb: server.residentBytes() / 1e6,
			cpuShare: ((nowUsed - used) * 1000) / (now - from)
		});
		[used, from] = [nowUsed, now];
	}
	return stretches;
}

/** @param {readonly Stretch[]} stretches */
function summaryOf(stretches) {
	const p95s = stretches.map(({ p95Ms }) => p95Ms);
	const residentMb = Math.max(...stretches.map((one) => one.residentMb));
	// The first third is left out: a program that has just begun still grows.
	const settled = stretches.slice(Math.floor(stretches.length / 3));
	return {
		p95Ms: middle(p95s) ?? Infinity,
		worstP95Ms: Math.max(...p95s),
		residentMb,
		slopeMbPerMinute: slopeOf(settled) * 60,
		cpuShare: stretches.reduce((sum, one) => sum + one.cpuShare, 0) / stretches.length
	};
}

/**
 * Megabytes a second, by least squares.
 *
 * @param {readonly Stretch[]} stretches
 */
function slopeOf(stretches) {
	const meanS = stretches.reduce((sum, { atS }) => sum + atS, 0) / stretches.length;
	const meanMb = stretches.reduce((sum, one) => sum + one.residentMb, 0) / stretches.length;
	let together = 0;
	let alone = 0;
	for (const { atS, residentMb } of stretches) {
		together += (atS - meanS) * (residentMb - meanMb);
		alone += (atS - meanS) ** 2;
	}
	return alone === 0 ? 0 : together / alone;
}

/** @param {ReturnType<typeof summaryOf> & { missing: number, idle: number }} results */
function show(results) {
	const { p95Ms, worstP95Ms, residentMb, slopeMbPerMinute, cpuShare, missing, idle } = results;
	console.table({
		'p95 from phone to phone': row(
			`${p95Ms.toFixed(1)} ms`,
			`≤ ${TARGETS.p95Ms} ms`,
			p95Ms <= TARGETS.p95Ms
		),
		'the worst ten seconds, p95': row(`${worstP95Ms.toFixed(1)} ms`, '', null),
		'memory of the process': row(
			`${residentMb.toFixed(0)} MB`,
			`≤ ${TARGETS.residentMb} MB`,
			residentMb <= TARGETS.residentMb
		),
		'its slope': row(`${slopeMbPerMinute.toFixed(2)} MB/min`, 'flat', null),
		'of one core': row(`${(cpuShare * 100).toFixed(0)} %`, '', null),
		'deliveries that never came': row(String(missing), '0', missing === 0),
		'idle sockets still open': row(String(idle), String(IDLE), idle === IDLE)
	});
}

/** @param {string} measured @param {string} target @param {boolean | null} met */
function row(measured, target, met) {
	return { measured, target, met: met === null ? '' : met ? 'yes' : 'NO' };
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
