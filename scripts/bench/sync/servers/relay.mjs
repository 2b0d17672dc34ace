/** A `ws` server that copies bytes to the others of a document: what this runtime costs at least. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { answer, memory, startProfile, stopProfile, usage } from '../children.mjs';

/** @type {Map<string, Set<import('ws').WebSocket>>} */
const documents = new Map();
const http = createServer((_, response) => response.end());
const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
wss.on('connection', (socket, { url = '' }) => {
	const sockets = documents.get(url) ?? new Set();
	documents.set(url, sockets.add(socket));
	socket.on('message', (data) => {
		for (const other of sockets) if (other !== socket) other.send(data);
	});
	socket.on('error', () => {});
	socket.on('close', () => sockets.delete(socket));
});

answer({
	listen: () =>
		new Promise((resolve) =>
			http.listen(Number(process.env.PORT), '127.0.0.1', () => resolve(null))
		),
	prepare: () => null,
	usage,
	startProfile,
	stopProfile,
	memory
});
