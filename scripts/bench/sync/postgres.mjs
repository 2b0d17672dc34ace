/** A PostgreSQL for our server that keeps its promises, as in production: with fsync. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export async function openBenchDatabases() {
	const child = fork('tests/setup/postgres.child.ts', { execArgv: [] });
	/** @type {string} */
	const server = await new Promise((resolve, reject) => {
		child.once('message', (url) => resolve(String(url)));
		child.once('exit', () => reject(new Error('PostgreSQL did not start')));
	});
	return {
		/** @returns {Promise<string>} the address of an empty database */
		create: async () => {
			const name = `bench_${randomBytes(6).toString('hex')}`;
			const client = new pg.Client({ connectionString: server });
			await client.connect();
			await client.query(`create database ${name} template template0 encoding 'UTF8' locale 'C'`);
			await client.end();
			const url = new URL(server);
			url.pathname = `/${name}`;
			return url.href;
		},
		close: async () => {
			const gone = new Promise((resolve) => child.once('exit', resolve));
			child.disconnect();
			await gone;
		}
	};
}
