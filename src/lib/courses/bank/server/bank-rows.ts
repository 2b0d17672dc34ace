/** The rows of the bank, read as items. */
import { createHash } from 'node:crypto';
import { asc, ne } from 'drizzle-orm';
import type { Read } from '#lib/platform/server/db/index.ts';
import { importedItem } from '#lib/platform/server/db/schema/index.ts';
import { namedItem, type DraftItem } from '#lib/questions/exchange/draft.ts';
import { bankId, type BankItem } from '../bank.ts';

export type BankRow = typeof importedItem.$inferSelect;

/** Null for a row that this program cannot read as an item: it is asked nowhere. */
export function bankItemOf({ n, objective, item, askedIn }: BankRow): BankItem | null {
	const named = namedItem(item, { id: bankId(n), version: 1 });
	return named && { item: { ...named, objective }, askedIn };
}

/** In the order in which they came in. */
export async function rowsOfBank(read: Read, only: 'all' | 'asked'): Promise<BankRow[]> {
	const rows = read.select().from(importedItem).orderBy(asc(importedItem.n));
	return only === 'all' ? rows : rows.where(ne(importedItem.askedIn, 'nowhere'));
}

/** A fingerprint of what is asked, whatever is explained about it afterwards. */
export function wordingOf({ explanation: _, ...asked }: DraftItem): string {
	const text = JSON.stringify(asked, (_key, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
			: value
	);
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
