/**
 * The few places where the engines spell things differently; everything else is plain Drizzle.
 * A new SQL function gets a word here and a test on both engines.
 */
import { exists, sql, type AnyColumn, type SQL, type SQLWrapper } from 'drizzle-orm';
import { engine } from './dialect.ts';
import type { Tx } from './index.ts';

type Expression = AnyColumn | SQL;

/** PostgreSQL gives its sums and counts as text. */
export const count = (of?: Expression) => sql<number>`count(${of ?? sql.raw('*')})`.mapWith(Number);

/** 0 over no rows. */
export const sum = (of: Expression) => sql<number>`coalesce(sum(${of}), 0)`.mapWith(Number);

/** SQLite answers 0 or 1. */
export const isThere = (rows: SQLWrapper) => sql<boolean>`${exists(rows)}`.mapWith(Boolean);

/**
 * Case-blind "contains", for names and titles; what was typed never becomes a pattern. Blind to
 * case in a–z only: neither SQLite nor a database with locale C knows other letters.
 */
export function contains(column: AnyColumn, typed: string): SQL<boolean> {
	const lower = typed.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	const pattern = `%${lower.replace(/[\\%_]/g, '\\$&')}%`;
	return sql<boolean>`lower(${column}) like ${pattern} escape '\\'`;
}

/** How a text begins, in so many letters; all of it when it is shorter. */
export const firstLetters = (of: Expression, letters: number) =>
	sql<string>`substr(${of}, 1, ${sql.raw(String(letters))})`;

/** A statement may carry 32,766 values on SQLite; insert larger sets in parts of this many rows. */
export function inChunks<Row extends object>(rows: readonly Row[]): Row[][] {
	const columns = Math.max(1, ...rows.slice(0, 1).map((row) => Object.keys(row).length));
	const size = Math.max(1, Math.floor(30_000 / columns));
	const chunks: Row[][] = [];
	for (let at = 0; at < rows.length; at += size) chunks.push(rows.slice(at, at + size));
	return chunks;
}

/**
 * Writes something that nobody reads: an empty transaction goes through on a full disk as well.
 * SQLite keeps a number for its owner's use in the first page; PostgreSQL logs every number it
 * gives to a transaction.
 */
export async function writeSomething(tx: Tx, at: Date): Promise<void> {
	const changing = Math.floor(at.getTime() / 1000) % 2 ** 31;
	if (engine === 'postgres') await tx.rows(sql`select pg_current_xact_id()`);
	else await tx.rows(sql.raw(`pragma user_version = ${changing}`));
}
