/** What can be searched: stemmed words per thing. The full-text index of either engine is built over `terms`. */
import * as c from '../columns.ts';

export const searchDoc = c.table(
	'search_doc',
	{
		/** The full-text index points here; a real key, because implicit row ids may change on VACUUM. */
		id: c.sequence(),
		/** What was found, e.g. 'plan:<id>'. */
		ref: c.text().notNull().unique(),
		kind: c.text().notNull(),
		at: c.timestamp().notNull(),
		terms: c.text().notNull()
	},
	(t) => [c.index('search_doc_kind_at').on(t.kind, t.at)]
);
