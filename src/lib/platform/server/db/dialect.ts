/**
 * Which engine this process speaks. Chosen once, by DATABASE_URL, before any table is built:
 *
 * - unset: SQLite in `data/rembuk.db`
 * - `postgres://…` or `postgresql://…`: PostgreSQL
 * - `file:…` or a path: SQLite in that file
 */

export type Engine = 'sqlite' | 'postgres';

export const databaseUrlIn = (env: Readonly<Record<string, string | undefined>>): string =>
	env.DATABASE_URL?.trim() || 'file:data/rembuk.db';

export const databaseUrl = databaseUrlIn(process.env);

export function engineOf(url: string): Engine {
	return /^postgres(ql)?:/.test(url) ? 'postgres' : 'sqlite';
}

export const engine: Engine = engineOf(databaseUrl);

/** The path of a SQLite database: `file:data/a.db` and `data/a.db` mean the same file. */
export function sqliteFile(url: string): string {
	return url.replace(/^file:(\/\/)?/, '');
}
