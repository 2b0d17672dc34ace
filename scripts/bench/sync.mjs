/**
 * The sync server beside its peers, in one run: what a delivery costs, how long it takes, what is
 * kept in memory, how a long document opens, who comes back after a restart, what a kill -9 loses.
 *
 *     npm run bench -- sync                 everything, about half an hour
 *     npm run bench -- sync --quick         once instead of three times, shorter, a few minutes
 *     npm run bench -- sync --only=deliveries,memory,opening,storm,kills,attacks
 *     npm run bench -- sync --postgres      ours on PostgreSQL (with fsync) instead of SQLite
 *
 * Ours runs as it is, with durable acknowledgement, the guard and `synchronous = FULL`. The peers are
 * installed by the bench into a folder of its own.
 */
import * as all from './sync/contestants.mjs';
import { measureAttacks } from './sync/parts/attacks.mjs';
import { measureDeliveries } from './sync/parts/deliveries.mjs';
import { measureMemory } from './sync/parts/memory.mjs';
import { measureOpening } from './sync/parts/opening.mjs';
import { measureKills, measureStorm } from './sync/parts/restart.mjs';
import { installPeers, versionOf } from './sync/peers.mjs';
import { openBenchDatabases } from './sync/postgres.mjs';
import { showResults, showTargets } from './sync/show.mjs';
import { judgeTargets } from './sync/targets.mjs';

export const about = 'our sync server beside Hocuspocus, @y/websocket-server and a bare relay';

const parts = {
	deliveries: measureDeliveries,
	memory: measureMemory,
	opening: measureOpening,
	storm: measureStorm,
	kills: measureKills,
	attacks: measureAttacks
};

/** @param {string[]} args */
export async function bench(args) {
	const quick = args.includes('--quick');
	const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
	const wanted = only ? only.split(',') : Object.keys(parts);
	installPeers();
	const databases = args.includes('--postgres') ? await openBenchDatabases() : null;
	/** @type {import('./sync/bench.mjs').Setting} */
	const setting = {
		contestants: [all.relay, all.yWebsocketServer, all.hocuspocus, all.ours],
		quick,
		repetitions: quick ? 1 : 3,
		seconds: quick ? 4 : 10,
		warmUpSeconds: quick ? 3 : 10,
		newDatabase: async (contestant) => {
			/** @type {Record<string, string>} */
			const env = {};
			if (databases && contestant === all.ours) env.DATABASE_URL = await databases.create();
			return env;
		},
		say: (what) => console.log(`… ${what}`)
	};
	/** @type {import('./sync/bench.mjs').Results} */
	const results = {};
	/** @type {Record<string, string>} parts that broke off, and why */
	const failed = {};
	try {
		for (const [name, measure] of Object.entries(parts)) {
			if (!wanted.includes(name)) continue;
			try {
				Object.assign(results, { [name]: await measure(setting) });
			} catch (thrown) {
				// Half an hour of figures is not thrown away for one part.
				failed[name] = String(thrown instanceof Error ? thrown.stack : thrown);
				console.error(`${name}: ${failed[name]}`);
				process.exitCode = 1;
			}
		}
	} finally {
		await databases?.close();
	}
	const targets = judgeTargets(results);
	showResults(results);
	showTargets(targets);
	const peers = ['@hocuspocus/server', '@y/websocket-server', 'ws', 'yjs'];
	const versions = Object.fromEntries(peers.map((name) => [name, versionOf(name)]));
	return { quick, database: databases ? 'postgres' : 'sqlite', versions, results, failed, targets };
}
