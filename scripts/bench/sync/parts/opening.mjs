/** A long document, 260,000 operations: opened when it is in memory, from the disk, by fifty at once. */
import { middle } from '../../parts/middle.mjs';
import { hocuspocus, ours, run, yWebsocketServer } from '../contestants.mjs';
import { start } from '../children.mjs';
import { smallPlan } from '../plans.mjs';
import { paper } from '../trace.mjs';

/**
 * @typedef {object} Opened
 * @property {number} inMemoryMs CPU of the server for each opening
 * @property {number | null} coldMs the same from the disk; null without a disk
 * @property {number} togetherMs until the last of fifty people has all of it
 * @property {number | null} typedS CPU of the server for typing all of it, letter by letter; null when it sent the typist away
 */

const COLD = 6;
const IN_MEMORY = 30;
const PEOPLE = 50;

/** One phone types as fast as the wire takes it: no limits of ours may stand in its way. */
const NO_HURRY = {
	framesPerSecond: 1e9,
	framesBurst: 1e9,
	bytesPerSecond: 1e9,
	bytesBurst: 1e9,
	documentBytes: 1e9
};

/**
 * @param {import('../bench.mjs').Setting} setting
 * @returns {Promise<Record<string, Opened>>}
 */
export async function measureOpening({ quick, repetitions, newDatabase, say }) {
	const whole = paper();
	/** @type {Record<string, Opened>} */
	const opened = {};
	for (const contestant of [yWebsocketServer, hocuspocus, ours]) {
		const rounds = [];
		for (let round = 0; round < repetitions; round++) {
			say(`opening: ${contestant.name}, ${round + 1} of ${repetitions}`);
			rounds.push(await openings(contestant, whole, await newDatabase(contestant)));
		}
		say(`typing the paper: ${contestant.name}`);
		opened[contestant.name] = {
			inMemoryMs: middle(rounds.map(({ inMemoryMs }) => inMemoryMs)) ?? 0,
			coldMs: contestant.keepsOnDisk ? middle(rounds.map(({ coldMs }) => coldMs)) : null,
			togetherMs: middle(rounds.map(({ togetherMs }) => togetherMs)) ?? 0,
			typedS: quick ? null : await typed(contestant, await newDatabase(contestant))
		};
	}
	return opened;
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {{ update: Uint8Array, tail: Uint8Array[] }} whole
 * @param {Record<string, string>} env
 */
async function openings(contestant, whole, env) {
	const cold = Array.from({ length: COLD }, (_, n) => `paper-${n}`);
	const documents = [
		{ id: 'warm-up', update: smallPlan() },
		...cold.map((id) => ({ id, ...whole }))
	];
	const server = await run(contestant, { documents, env });
	const generator = start('generator/main.mjs');
	const where = { port: server.port, dialect: contestant.dialect };
	/** @param {readonly string[]} ids */
	const cpuOf = async (ids) => {
		const before = await server.ask('usage');
		await generator.ask('openInTurn', { ...where, ids });
		const after = await server.ask('usage');
		return (after.cpuMs - before.cpuMs) / ids.length;
	};
	try {
		if (contestant.keepsOnDisk) {
			await server.crash('SIGTERM');
			await server.restart();
		}
		await generator.ask('openInTurn', { ...where, ids: Array(20).fill('warm-up') });
		const coldMs = await cpuOf(cold);
		await generator.ask('sit', { ...where, ids: ['paper-0'], each: 1 });
		const inMemoryMs = await cpuOf(Array(IN_MEMORY).fill('paper-0'));
		const together = { ...where, id: 'paper-0', people: PEOPLE };
		const togetherMs = await generator.ask('openTogether', together);
		return { coldMs, inMemoryMs, togetherMs };
	} finally {
		await generator.end();
		await server.end();
	}
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {Record<string, string>} env
 * @returns {Promise<number | null>} seconds
 */
async function typed(contestant, env) {
	const documents = [{ id: 'paper', update: smallPlan(0) }];
	const server = await run(contestant, { documents, limits: NO_HURRY, env });
	const generator = start('generator/main.mjs');
	try {
		const before = await server.ask('usage');
		const { dialect } = contestant;
		const tookMs = await generator.ask('typePaper', { port: server.port, dialect, id: 'paper' });
		const after = await server.ask('usage');
		return tookMs === null ? null : (after.cpuMs - before.cpuMs) / 1000;
	} finally {
		await generator.end();
		await server.end();
	}
}
