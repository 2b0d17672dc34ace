/** A server whose program is renewed while pages are open: what it gives out as service worker changes. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RenewedProgram {
	readonly url: string;
	/** From now on there is another service worker. */
	renew(): void;
	close(): Promise<void>;
}

/** In front of the server on this port. */
export async function renewable(port: number): Promise<RenewedProgram> {
	let build = 1;
	const server = createServer((req, res) => {
		const { url, method, headers } = req;
		const isWorker = url === '/service-worker.js';
		const asked = { ...headers, ...(isWorker && { 'accept-encoding': 'identity' }) };
		const passed = request(
			{ host: '127.0.0.1', port, path: url, method, headers: asked, agent: false },
			(answer) => {
				const given = { ...answer.headers };
				if (isWorker) {
					given['cache-control'] = 'no-cache';
					delete given['content-length'];
					delete given.etag;
				}
				res.writeHead(answer.statusCode ?? 502, given);
				if (isWorker) res.write(`/* build ${build} */\n`);
				answer.pipe(res);
			}
		);
		passed.on('error', () => res.writeHead(502).end());
		req.pipe(passed);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port: own } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${own}`,
		renew: () => build++,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}
