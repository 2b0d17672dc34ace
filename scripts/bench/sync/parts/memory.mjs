/** What a server keeps for a phone that is silent, and for a document that is open. */
import { run } from '../contestants.mjs';
import { start } from '../children.mjs';
import { smallPlan } from '../plans.mjs';

/**
 * @typedef {object} Kept
 * @property {number} socketKb per idle socket
 * @property {number} documentKb per open small document with one socket
 */

const DOCUMENTS_FOR_SOCKETS = 50;

/**
 * @param {import('../bench.mjs').Setting} setting
 * @returns {Promise<Record<string, Kept>>}
 */
export async function measureMemory({ contestants, quick, newDatabase, say }) {
	const sockets = quick ? 1_000 : 5_000;
	const documents = quick ? 300 : 1_000;
	/** @type {Record<string, Kept>} */
	const kept = {};
	for (const contestant of contestants) {
		say(`memory: ${contestant.name}`);
		kept[contestant.name] = {
			socketKb: await perSocket(contestant, sockets, await newDatabase(contestant)),
			documentKb: await perDocument(contestant, documents, await newDatabase(contestant))
		};
	}
	return kept;
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {number} sockets
 * @param {Record<string, string>} env
 */
function perSocket(contestant, sockets, env) {
	const ids = Array.from({ length: DOCUMENTS_FOR_SOCKETS }, (_, n) => `doc-${n}`);
	return growth(contestant, env, ids, async (sit) => {
		await sit(ids, 1);
		return { grow: () => sit(ids, sockets / ids.length), by: sockets };
	});
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {number} documents
 * @param {Record<string, string>} env
 */
function perDocument(contestant, documents, env) {
	const ids = Array.from({ length: documents + 20 }, (_, n) => `doc-${n}`);
	return growth(contestant, env, ids, async (sit) => {
		await sit(ids.slice(documents), 1);
		return { grow: () => sit(ids.slice(0, documents), 1), by: documents };
	});
}

/**
 * @param {import('../contestants.mjs').Contestant} contestant
 * @param {Record<string, string>} env
 * @param {readonly string[]} ids
 * @param {(sit: (ids: readonly string[], each: number) => Promise<void>) => Promise<{ grow: () => Promise<void>, by: number }>} prepare
 */
async function growth(contestant, env, ids, prepare) {
	const update = smallPlan();
	const server = await run(contestant, { documents: ids.map((id) => ({ id, update })), env });
	const generator = start('generator/main.mjs');
	try {
		const where = { port: server.port, dialect: contestant.dialect };
		const { grow, by } = await prepare((some, each) =>
			generator.ask('sit', { ...where, ids: some, each })
		);
		const before = await server.ask('memory');
		await grow();
		const after = await server.ask('memory');
		return (after.keptBytes - before.keptBytes) / by / 1000;
	} finally {
		await generator.end();
		await server.end();
	}
}
