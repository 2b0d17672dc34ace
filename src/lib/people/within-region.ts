import { eq, like, or, type SQL } from 'drizzle-orm';

/**
 * For a query: the column holds the code of this region, or of one below it. Codes are digits and
 * dots, checked when they are written or chosen, so the pattern has no wildcard of theirs.
 */
export function withinRegion(column: Parameters<typeof eq>[0], code: string): SQL {
	return or(eq(column, code), like(column as SQL, `${code}.%`)) as SQL; // of two there is one
}
