/**
 * Brings a database to the shape that this program expects, before it is opened.
 *
 * All pending migrations are one transaction: killed in the middle, the database is old or new,
 * never between. Several processes may start at once: one applies them, the others wait and then
 * find nothing to do.
 */
import { databaseUrl, engineOf } from './dialect.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { readMigrations } from './migrations.ts';

export interface MigrateOptions {
	/** Where `sqlite/` and `postgres/` are. */
	folder?: string;
	/** SQLite: whether to keep a copy of a database that is about to change (default). */
	backup?: boolean;
}

/** Returns the names of what was applied. Refuses with `StartRefused`. */
export async function migrate(
	url: string = databaseUrl,
	{ folder = 'drizzle', backup = true }: MigrateOptions = {}
): Promise<string[]> {
	const engine = engineOf(url);
	const known = readMigrations(folder, engine);
	const applied =
		engine === 'postgres'
			? await migratePostgres(url, known)
			: await migrateSqlite(url, known, { backup });
	return applied.map((migration) => migration.name);
}
