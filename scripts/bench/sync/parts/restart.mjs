/** A server that ends: in good order with a thousand phones on it, and by kill -9 while people type. */
import * as Y from 'yjs';
import { hocuspocus, ours, run, yWebsocketServer } from '../contestants.mjs';
import { start } from '../children.mjs';
import { smallPlan } from '../plans.mjs';

/**
 * @typedef {object} Returned
 * @property {number} longestMs until the last of them had its document again
 * @property {number} halfMs
 * @property {number} knocks how often they tried in all
 * @property {number} cutAgain who was there again and lost the socket once more
 * @property {number} cpuMs of the new server, its start left out
 *
 * @typedef {object} Killed
 * @property {number} told edits of which somebody was told that the server has them
 * @property {number} lost of these
 * @property {number} kills
 */

const RETURNING = 1_000;
const IN_EACH = 10;

/**
 * @param {import('../bench.mjs').Setting} setting
 * @returns {Promise<Record<string, Returned>>}
 */
export async function measureStorm({ newDatabase, say }) {
	/** @type {Record<string, Returned>} */
	const returned = {};
	for (const contestant of [yWebsocketServer, hocuspocus, ours]) {
		say(`a restart with ${RETURNING} phones: ${contestant.name}`);
		returned[contestant.name] = await storm(contestant, await newDatabase(contestant));
	}
	return returned;
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {Record<string, string>} env
 */
async function storm(contestant, env) {
	const ids = Array.from({ length: RETURNING / IN_EACH }, (_, n) => `doc-${n}`);
	const update = smallPlan();
	const server = await run(contestant, { documents: ids.map((id) => ({ id, update })), env });
	const generator = start('generator/main.mjs');
	try {
		const { port } = server;
		await generator.ask('gather', { port, dialect: contestant.dialect, ids, each: IN_EACH });
		const back = generator.ask('comeBack');
		if (contestant.keepsOnDisk) await server.ask('stop');
		await server.crash('SIGTERM');
		await server.restart();
		const before = await server.ask('usage');
		const returned = await back;
		const after = await server.ask('usage');
		return { ...returned, cpuMs: after.cpuMs - before.cpuMs };
	} finally {
		await generator.end();
		await server.end();
	}
}

/**
 * @param {import('../bench.mjs').Setting} setting
 * @returns {Promise<Record<string, Killed>>}
 */
export async function measureKills({ quick, newDatabase, say }) {
	/** @type {Record<string, Killed>} */
	const killed = {};
	for (const contestant of [hocuspocus, ours]) {
		const kills = quick ? 2 : 5;
		const sums = { told: 0, lost: 0, kills };
		for (let n = 0; n < kills; n++) {
			say(`kill -9: ${contestant.name}, ${n + 1} of ${kills}`);
			const { told, lost } = await kill(contestant, 700 + 430 * n, await newDatabase(contestant));
			sums.told += told;
			sums.lost += lost;
		}
		killed[contestant.name] = sums;
	}
	return killed;
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {number} afterMs
 * @param {Record<string, string>} env
 */
async function kill(contestant, afterMs, env) {
	const ids = ['doc-0', 'doc-1', 'doc-2'];
	const update = smallPlan();
	const server = await run(contestant, { documents: ids.map((id) => ({ id, update })), env });
	const generator = start('generator/main.mjs');
	try {
		const { port } = server;
		const plan = { port, dialect: contestant.dialect, ids, people: 4 };
		await generator.ask('seatTypists', plan);
		const typed = generator.ask('typeUntilKilled');
		await new Promise((resolve) => setTimeout(resolve, afterMs));
		await server.crash('SIGKILL');
		/** @type {{ id: string, client: number, clock: number, told: number }[]} */
		const people = await typed;
		await server.restart();
		const clocks = new Map();
		for (const id of ids) clocks.set(id, clocksIn(await server.ask('stored', id)));
		const told = people.reduce((sum, one) => sum + one.told, 0);
		const lost = people.reduce((sum, one) => {
			const stored = clocks.get(one.id)?.get(one.client) ?? 0;
			// Most edits are one letter, so one clock: never more than were told.
			return sum + Math.max(0, Math.min(one.told, one.clock - stored));
		}, 0);
		return { told, lost };
	} finally {
		await generator.end();
		await server.end();
	}
}

/** @param {readonly Uint8Array[]} parts */
function clocksIn(parts) {
	const doc = new Y.Doc();
	for (const part of parts) Y.applyUpdate(doc, part);
	return Y.decodeStateVector(Y.encodeStateVector(doc));
}
