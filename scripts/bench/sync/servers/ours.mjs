/**
 * Our server as it is: durable acknowledgement, guard, `synchronous = FULL`. Only its door is open to
 * everybody, and the numbers of sockets that a class never reaches are raised.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openApp } from '../../../../src/lib/platform/server/app.ts';
import { Compactor } from '../../../../src/collab/server/compaction.ts';
import { createSyncServer } from '../../../../src/collab/server/server.ts';
import { answer, memory, startProfile, stopProfile, usage } from '../children.mjs';

const { DATA_DIR = '', DATABASE_URL, PORT } = process.env;
const app = await openApp({
	databaseUrl: DATABASE_URL || `file:${join(DATA_DIR, 'rembuk.db')}`,
	log: (level, event, details) => {
		if (level === 'error') console.error(event, details);
	}
});
const compactor = new Compactor();
let people = 0;
const sync = createSyncServer({
	app,
	// Whoever says who he is is believed; everybody else is somebody new.
	admit: async ({ cookie }) => {
		const id = cookie ?? `person-${++people}`;
		return {
			ok: true,
			right: 'write',
			person: { id, name: id, role: 'participant', sessionId: id }
		};
	},
	isOwnOrigin: () => true,
	limits: {
		sockets: 10_000,
		socketsPerDocument: 1_000,
		...JSON.parse(process.env.LIMITS ?? '{}')
	}
});
const http = createServer((_, response) => response.end());
http.on('upgrade', (req, socket, head) => void sync.handleUpgrade(req, socket, head));

answer({
	listen: () =>
		new Promise((resolve) => http.listen(Number(PORT), '127.0.0.1', () => resolve(null))),
	prepare: async (/** @type {import('../contestants.mjs').Prepared[]} */ documents) => {
		for (const { id, update, tail = [] } of documents) {
			await app.db.write((tx) =>
				app.documents.create(tx, { id, kind: 'plan', schemaNumber: 1, update })
			);
			if (tail.length === 0) continue;
			await app.documents.compact(id, {
				...(await compactor.compact([update])),
				epoch: 1,
				upTo: 1
			});
			const entries = tail.map((later) => ({ documentId: id, update: later, authors: [] }));
			await app.documents.append(entries, new Date());
		}
	},
	stored: async (/** @type {string} */ id) => {
		const found = await app.documents.read(id);
		return [...(found?.snapshot ? [found.snapshot] : []), ...(found?.updates ?? [])].map((part) =>
			part instanceof Uint8Array ? part : part.update
		);
	},
	usage,
	startProfile,
	stopProfile,
	memory,
	refusals: () => Object.fromEntries(sync.refusals()),
	stop: () => sync.shutdown()
});
