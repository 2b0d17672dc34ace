import { sql, type Placeholder } from 'drizzle-orm';
import type { Read } from './index.ts';

type Value = string | number | boolean | Date;

interface Question<Row> {
	/** PostgreSQL's: without a name it keeps nothing on the server, so a pooler may stand between. */
	prepare(name: string): { execute(values: Record<string, unknown>): Promise<Row[]> };
}

/**
 * A question that nearly every page asks. Drizzle takes longer to put it together than SQLite to
 * answer it, so it is put together once for each connection, and asked with the values of `names`.
 */
export function prepared<const Name extends string, Row>(
	names: readonly Name[],
	build: (read: Read, given: Record<Name, Placeholder<Name>>) => Question<Row>
): (read: Read, values: Record<Name, Value>) => Promise<Row[]> {
	const entries = names.map((name) => [name, sql.placeholder(name)]);
	const given = Object.fromEntries(entries) as Record<Name, Placeholder<Name>>;
	const ready = new WeakMap<Read, ReturnType<Question<Row>['prepare']>>();
	return (read, values) => {
		let question = ready.get(read);
		if (!question) ready.set(read, (question = build(read, given).prepare('')));
		return question.execute(values);
	};
}
