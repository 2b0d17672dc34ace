/** A wire to PostgreSQL that can be cut: a socket of our own in front of the server's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface Wire {
	/** The same database through this wire. */
	url: string;
	/** Cuts all connections; new ones are refused until `mend`. */
	cut(): void;
	mend(): void;
	/** The next commit reaches the server; its answer does not come back. */
	loseNextAnswerToCommit(): void;
	close(): Promise<void>;
}

export async function layWire(url: string): Promise<Wire> {
	const { host, port } = new pg.Client({ connectionString: url });
	const dial = () =>
		host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);

	const folder = mkdtempSync(join(tmpdir(), 'rembuk-wire-'));
	const ends = new Set<Socket>();
	let down = false;
	let losing = false;
	const cut = () => {
		for (const end of ends) end.destroy();
	};

	const server = createServer((client) => {
		if (down) return void client.destroy();
		const upstream = dial();
		for (const end of [client, upstream]) {
			ends.add(end);
			end.on('error', () => {});
			end.on('close', () => {
				ends.delete(end);
				client.destroy();
				upstream.destroy();
			});
		}
		let deaf = false;
		client.on('data', (asked: Buffer) => {
			deaf ||= losing && asked.includes('commit\0');
			if (deaf) losing = false;
			upstream.write(asked);
		});
		upstream.on('data', (answer: Buffer) => {
			if (deaf) client.destroy();
			else client.write(answer);
		});
	});
	await new Promise<void>((resolve) => server.listen(`${folder}/.s.PGSQL.5432`, resolve));

	const through = new URL(url);
	through.hostname = 'localhost';
	through.port = '';
	through.searchParams.set('host', folder);
	return {
		url: through.href,
		cut: () => {
			down = true;
			cut();
		},
		mend: () => (down = false),
		loseNextAnswerToCommit: () => (losing = true),
		close: () => {
			cut();
			return new Promise((resolve) =>
				server.close(() => {
					rmSync(folder, { recursive: true });
					resolve();
				})
			);
		}
	};
}
