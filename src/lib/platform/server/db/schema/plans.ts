import * as c from '../columns.ts';
import { document } from './documents.ts';
import { region, user } from './people.ts';
import { group, training } from './trainings.ts';

export const plan = c.table(
	'plan',
	{
		id: c.id(),
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		groupId: c
			.text()
			.notNull()
			.references(() => group.id, { onDelete: 'cascade' }),
		regionCode: c
			.text()
			.notNull()
			.references(() => region.code),
		strategy: c.oneOf(['layanan_informasi', 'pelibatan_masyarakat', 'advokasi']).notNull(),
		documentId: c
			.text()
			.notNull()
			.references(() => document.id),
		templateVersion: c.integer().notNull(),
		createdAt: c.timestamp().notNull()
	},
	(t) => [
		c.uniqueIndex('plan_once').on(t.groupId, t.strategy),
		c.uniqueIndex('plan_document').on(t.documentId),
		c.index('plan_training').on(t.trainingId),
		c.index('plan_region').on(t.regionCode)
	]
);

/** What was handed in: frozen, whatever happens to the draft later. */
export const planSubmission = c.table(
	'plan_submission',
	{
		planId: c
			.text()
			.notNull()
			.references(() => plan.id, { onDelete: 'cascade' }),
		version: c.integer().notNull(),
		submittedBy: c.text().references(() => user.id, { onDelete: 'set null' }),
		submittedAt: c.timestamp().notNull(),
		dueOn: c.day().notNull(),
		contents: c.json<unknown>().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.planId, t.version] })]
);

/** A submission sent back with a note: the draft is open again, as the next version. */
export const planReturn = c.table(
	'plan_return',
	{
		planId: c
			.text()
			.notNull()
			.references(() => plan.id, { onDelete: 'cascade' }),
		version: c.integer().notNull(),
		returnedBy: c.text().references(() => user.id, { onDelete: 'set null' }),
		returnedAt: c.timestamp().notNull(),
		note: c.text().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.planId, t.version] })]
);
