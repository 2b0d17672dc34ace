/**
 * Makes src/realtime.ts a part of Kit's own server build and hands it the socket upgrades in `dev`
 * and `preview`. Being one more entry of the same build, it shares every module with the pages: one
 * database handle, one set of sessions. In production scripts/serve.mjs does the handing over.
 */
import type { IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
	isRunnableDevEnvironment,
	type Plugin,
	type PreviewServer,
	type ViteDevServer
} from 'vite';

const ENTRY = 'src/realtime.ts';
const BUILT = '.svelte-kit/output/server/realtime.js';

interface Realtime {
	isOurs(url: string): boolean;
	handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export function realtime(): Plugin {
	return {
		name: 'rembuk-realtime',
		config: {
			order: 'post',
			handler(_config, { command }) {
				if (command !== 'build') return;
				const build = { rolldownOptions: { input: { realtime: ENTRY } } };
				return { environments: { ssr: { build } } };
			}
		},
		configureServer(server) {
			attach(server.httpServer, async () => {
				const { ssr } = server.environments;
				if (!ssr || !isRunnableDevEnvironment(ssr)) throw new Error('no server environment');
				return ssr.runner.import<Realtime>(`/${ENTRY}`);
			});
		},
		configurePreviewServer(server) {
			attach(server.httpServer, () => import(pathToFileURL(resolve(BUILT)).href));
		}
	};
}

type HttpServer = ViteDevServer['httpServer'] | PreviewServer['httpServer'];

function attach(http: HttpServer, load: () => Promise<Realtime>): void {
	http?.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
		// Vite's own socket (hot reload) uses the same server and says so in its sub-protocol.
		if (req.headers['sec-websocket-protocol']?.startsWith('vite-')) return;
		handOver(load, req, socket, head).catch((thrown: unknown) => {
			console.error(thrown);
			socket.destroy();
		});
	});
}

async function handOver(
	load: () => Promise<Realtime>,
	...[req, socket, head]: [IncomingMessage, Duplex, Buffer]
): Promise<void> {
	const entry = await load();
	if (entry.isOurs(req.url ?? '')) await entry.handleUpgrade(req, socket, head);
	else socket.destroy();
}
