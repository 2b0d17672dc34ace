/**
 * What stands in front of several nodes: passes requests and sockets on to the first of them that
 * answers, as a load balancer does. Nobody is bound to a node.
 */
import { createServer, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Balancer {
	readonly url: string;
	close(): Promise<void>;
}

/** Prefers the nodes in the given order. */
export async function balance(ports: readonly number[]): Promise<Balancer> {
	const sockets = new Set<Duplex>();
	const server = createServer((req, res) => {
		const body: Buffer[] = [];
		req.on('data', (part: Buffer) => body.push(part));
		req.on('end', () => {
			const tryNext = (left: readonly number[]): void => {
				const [port, ...others] = left;
				if (port === undefined) return void res.writeHead(502).end();
				const passed = request(optionsFor(req, port), (answer) => {
					res.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(res);
				});
				passed.on('error', () => tryNext(others));
				passed.end(Buffer.concat(body));
			};
			tryNext(ports);
		});
	});
	server.on('upgrade', (req, client, head: Buffer) => {
		client.on('error', () => client.destroy()); // it may leave before a node has answered
		const tryNext = (left: readonly number[]): void => {
			const [port, ...others] = left;
			if (port === undefined) return void client.destroy();
			const node = connect(port, '127.0.0.1');
			node.once('error', () => tryNext(others));
			node.once('connect', () => {
				node.removeAllListeners('error');
				node.write(handshakeOf(req));
				node.write(head);
				join(node, client);
			});
		};
		sockets.add(client);
		tryNext(ports);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

function optionsFor({ url, method, headers }: IncomingMessage, port: number): RequestOptions {
	return { host: '127.0.0.1', port, path: url, method, headers, agent: false };
}

function handshakeOf({ url, rawHeaders }: IncomingMessage): string {
	const lines = [`GET ${url} HTTP/1.1`];
	for (let at = 0; at < rawHeaders.length; at += 2) {
		lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
	}
	return `${lines.join('\r\n')}\r\n\r\n`;
}

function join(node: Socket, client: Duplex): void {
	for (const [from, to] of [
		[node, client],
		[client, node]
	] as const) {
		from.pipe(to);
		from.on('error', () => to.destroy());
		from.on('close', () => to.destroy());
	}
}
