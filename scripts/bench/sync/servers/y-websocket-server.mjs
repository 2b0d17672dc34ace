/** `@y/websocket-server` as it comes: documents in memory. */
import { createServer } from 'node:http';
import { answer, memory, startProfile, stopProfile, usage } from '../children.mjs';
import { peer } from '../peers.mjs';

const { setupWSConnection, getYDoc } = peer('@y/websocket-server/utils');
const { WebSocketServer } = peer('ws');
const { applyUpdate, encodeStateAsUpdate } = peer('yjs');

const http = createServer((_, response) => response.end());
const wss = new WebSocketServer({ server: http });
wss.on('connection', setupWSConnection);

answer({
	listen: () =>
		new Promise((resolve) =>
			http.listen(Number(process.env.PORT), '127.0.0.1', () => resolve(null))
		),
	prepare: (/** @type {import('../contestants.mjs').Prepared[]} */ documents) => {
		for (const { id, update, tail = [] } of documents) {
			for (const part of [update, ...tail]) applyUpdate(getYDoc(`sync/${id}`), part);
		}
	},
	stored: (/** @type {string} */ id) => [encodeStateAsUpdate(getYDoc(`sync/${id}`))],
	usage,
	startProfile,
	stopProfile,
	memory
});
