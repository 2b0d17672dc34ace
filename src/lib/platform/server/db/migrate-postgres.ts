import pg from 'pg';
import { CREATE_MIGRATION_TABLE, pendingMigrations, type Migration } from './migrations.ts';

/** Any number that nobody else uses in this database. */
const ADVISORY_LOCK = 7_316_001;

export async function migratePostgres(url: string, known: Migration[]): Promise<Migration[]> {
	const client = new pg.Client({ connectionString: url, application_name: 'rembuk migrate' });
	client.on('error', () => {}); // a lost connection is heard of by the query
	await client.connect();
	try {
		await client.query('begin read write');
		// The others wait here and then find nothing to do.
		await client.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
		await client.query(CREATE_MIGRATION_TABLE);
		// Rather fail than queue all traffic of the running nodes behind an ALTER TABLE.
		await client.query("set local lock_timeout = '10s'");
		const pending = pendingMigrations(known, await appliedIn(client));
		for (const migration of pending) await apply(client, migration);
		await client.query('commit');
		return pending;
	} finally {
		await client.end(); // an open transaction and its lock end with the connection
	}
}

async function appliedIn(client: pg.Client) {
	const { rows } = await client.query<{ name: string; hash: string }>(
		'select name, hash from migration'
	);
	return rows;
}

async function apply(client: pg.Client, { name, hash, statements }: Migration): Promise<void> {
	for (const statement of statements) await client.query(statement);
	await client.query('insert into migration values ($1, $2, $3)', [name, hash, Date.now()]);
}
