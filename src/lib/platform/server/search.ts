/**
 * Full-text search in Indonesian: the same words find the same things on both engines, because the
 * stems are made by us and the engine only indexes them (FTS5, GIN).
 *
 * `find` knows nothing about rights: hand it a condition (`visible`) that only lets through what the
 * reader may see, so that neither hits nor their number tell anything.
 */
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { stems } from '#lib/platform/search-terms.ts';
import { engine } from './db/dialect.ts';
import type { Read, Tx } from './db/index.ts';
import { searchDoc } from './db/schema/search.ts';

export interface Searchable {
	/** What is found, e.g. 'plan:<id>'; putting it again replaces its text. */
	ref: string;
	kind: string;
	text: string;
	/** Among equally good hits the newest comes first. */
	at: Date;
}

export interface FindOptions {
	kind?: string;
	limit?: number;
	/** A condition on `searchDoc`: what the reader may see. */
	visible?: SQL;
}

/** Nobody types more; each word costs a look into the index. */
const WORDS_PER_QUERY = 12;
/** PostgreSQL takes at most 1 MB of lexemes; the beginning of so long a text is enough to find it. */
const TERMS_PER_TEXT = 20_000;
/** Ranking reads every hit: only the newest are worth it. */
const RANKED = 1_000;

/** Makes a text findable from the moment `tx` is committed. */
export async function put(tx: Tx, { ref, kind, text, at }: Searchable): Promise<void> {
	const content = { kind, at, terms: stems(text).slice(0, TERMS_PER_TEXT).join(' ') };
	await tx
		.insert(searchDoc)
		.values({ ref, ...content })
		.onConflictDoUpdate({ target: searchDoc.ref, set: content });
}

/** Forgets a text. Its words leave the index with it. */
export async function remove(tx: Tx, ref: string): Promise<void> {
	await tx.delete(searchDoc).where(eq(searchDoc.ref, ref));
}

/**
 * The refs of what holds all words of `query`, best first; the last word also matches as a
 * beginning, since people look while they type. What was typed is never query syntax.
 */
export async function find(
	read: Read,
	query: string,
	{ kind, limit = 20, visible }: FindOptions = {}
): Promise<string[]> {
	const words = stems(query).slice(0, WORDS_PER_QUERY);
	if (words.length === 0) return [];
	const condition = and(kind ? eq(searchDoc.kind, kind) : undefined, visible) ?? sql`1 = 1`;
	const search = engine === 'postgres' ? inPostgres : inSqlite;
	const hits = await read.rows<{ ref: string }>(search(words, condition, limit));
	return hits.map((hit) => hit.ref);
}

function inSqlite(words: string[], condition: SQL, limit: number): SQL {
	const match = words.map((word) => `"${word}"`).join(' ') + ' *';
	return sql`
		select search_doc.ref as ref
		from search_fts join search_doc on search_doc.id = search_fts.rowid
		where search_fts match ${match} and ${condition}
		order by rank, search_doc.at desc, search_doc.ref
		limit ${limit}`;
}

/** Hits are collected first and apart: otherwise the planner walks all texts, newest first. */
function inPostgres(words: string[], condition: SQL, limit: number): SQL {
	const match = words.map((word) => `'${word}'`).join(' & ') + ':*';
	return sql`
		with hit as materialized (
			select ref, at, terms from search_doc
			where to_tsvector('simple', terms) @@ ${match}::tsquery and ${condition}
		), newest as (
			select * from hit order by at desc limit ${RANKED}
		)
		select ref from newest
		order by ts_rank(to_tsvector('simple', terms), ${match}::tsquery) desc, at desc, ref
		limit ${limit}`;
}
