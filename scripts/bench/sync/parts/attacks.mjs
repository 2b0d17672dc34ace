/** A hostile phone, and two honest people who type in the same document meanwhile. */
import { hocuspocus, ours, run, yWebsocketServer } from '../contestants.mjs';
import { start } from '../children.mjs';
import { paper } from '../trace.mjs';

/**
 * @typedef {object} Endured
 * @property {number} p99Ms from one honest phone to the other, over the attack and 3 s after it
 * @property {number} peakMb how much memory the server took for it at most
 * @property {number} newcomerMs how long somebody waits who opens the document afterwards
 * @property {number | null} closedWith how the attacker was sent away
 */

export const ATTACKS = ['step 1 flood', 'claimed counts', 'gaps'];

/**
 * @param {import('../bench.mjs').Setting} setting
 * @returns {Promise<Record<string, Record<string, Endured>>>} by attack and contestant
 */
export async function measureAttacks({ newDatabase, say }) {
	const whole = paper();
	/** @type {Record<string, Record<string, Endured>>} */
	const endured = {};
	for (const attack of ATTACKS) {
		const results = (endured[attack] = /** @type {Record<string, Endured>} */ ({}));
		for (const contestant of [yWebsocketServer, hocuspocus, ours]) {
			say(`${attack}: ${contestant.name}`);
			results[contestant.name] = await endure(
				contestant,
				attack,
				whole,
				await newDatabase(contestant)
			);
		}
	}
	return endured;
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {string} attack
 * @param {{ update: Uint8Array, tail: Uint8Array[] }} whole
 * @param {Record<string, string>} env
 */
async function endure(contestant, attack, whole, env) {
	const server = await run(contestant, { documents: [{ id: 'doc-0', ...whole }], env });
	const [attacker, honest] = [start('generator/main.mjs'), start('generator/main.mjs')];
	const where = { port: server.port, dialect: contestant.dialect };
	try {
		const pair = { documents: 1, people: 2, editsPerSecond: 10, cursors: false, seconds: 120 };
		await honest.ask('openCrowd', { ...where, ...pair });
		await honest.ask('startTyping');
		const before = await server.ask('usage');
		await honest.ask('mark');
		const { closedWith } = await attacker.ask('attackOn', { ...where, id: 'doc-0', attack });
		const after = await server.ask('usage');
		const { propagation } = await honest.ask('report');
		const [newcomerMs] = await attacker.ask('openInTurn', { ...where, ids: ['doc-0'] });
		await honest.ask('stop');
		return {
			p99Ms: propagation?.p99Ms ?? Infinity,
			peakMb: (after.peakBytes - before.peakBytes) / 1e6,
			newcomerMs,
			closedWith
		};
	} finally {
		await Promise.all([attacker.end(), honest.end()]);
		await server.end();
	}
}
