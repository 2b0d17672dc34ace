import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The address of the server's own database, from which others are created. */
		postgres: string;
		/** How the names of this run's databases begin. */
		databases: string;
	}
}

/** One PostgreSQL for the whole run of the project `postgres`. */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
	const server = await startPostgres();
	const databases = `rembuk_${randomBytes(4).toString('hex')}`;
	project.provide('postgres', server.url());
	project.provide('databases', databases);
	return async () => {
		if (process.env.TEST_DATABASE_URL) await dropAll(server.url(), databases);
		await server.stop();
	};
}

/** A server of your own outlives the run; what the run left on it does not. */
async function dropAll(url: string, databases: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const found = await client.query<{ datname: string }>(
		'select datname from pg_database where starts_with(datname, $1)',
		[databases]
	);
	for (const { datname } of found.rows)
		await client.query(`drop database "${datname}" with (force)`);
	await client.end();
}
