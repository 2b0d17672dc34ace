import * as c from '../columns.ts';
import { user } from './people.ts';

/** What phones have sent and what came of it: an operation that arrives again is answered from here. */
export const operationReceipt = c.table(
	'operation_receipt',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** Made by the phone. */
		operationId: c.text().notNull(),
		/** The queue of one person on one phone; `seq` counts within it. */
		outbox: c.text().notNull(),
		seq: c.integer().notNull(),
		/** What it is about: of two from one queue the later one counts. */
		subject: c.text().notNull(),
		kind: c.text().notNull(),
		result: c.json<Record<string, string | number | boolean>>().notNull(),
		receivedAt: c.timestamp().notNull()
	},
	(t) => [
		c.primaryKey({ columns: [t.userId, t.operationId] }),
		c.index('operation_receipt_subject').on(t.userId, t.outbox, t.subject, t.seq)
	]
);
