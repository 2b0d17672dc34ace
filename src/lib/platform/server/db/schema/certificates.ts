import { isNull } from 'drizzle-orm';
import * as c from '../columns.ts';
import { user } from './people.ts';
import { training } from './trainings.ts';

/** What a training asks for before it is complete; no row: what the programme proposes. */
export const completionTerms = c.table('completion_terms', {
	trainingId: c
		.text()
		.primaryKey()
		.references(() => training.id, { onDelete: 'cascade' }),
	/** Of the training hours; 0: attendance is not asked for. */
	attendancePercent: c.integer().notNull(),
	preTest: c.boolean().notNull(),
	postTest: c.boolean().notNull(),
	changedBy: c.text(),
	changedAt: c.timestamp().notNull()
});

/** Somebody has completed a training; never taken back. */
export const completion = c.table(
	'completion',
	{
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		at: c.timestamp().notNull(),
		/** Who said so although a condition was missing, and why; null: all were met. */
		overriddenBy: c.text(),
		reason: c.text()
	},
	(t) => [
		c.primaryKey({ columns: [t.trainingId, t.userId] }),
		c.index('completion_user').on(t.userId)
	]
);

/** What a certificate says, as it was when it was issued. */
export interface CertificateContents {
	readonly title: string;
	readonly place: string;
	/** Of the training: "Jambi". */
	readonly region: string;
	readonly startsOn: string;
	readonly endsOn: string;
	/** The sessions this person was in, with their hours. */
	readonly sessions: readonly {
		readonly onDay: string;
		readonly title: string;
		readonly jp: number;
	}[];
	readonly totalJp: number;
}

export const certificate = c.table(
	'certificate',
	{
		/** Twelve random letters of Crockford's alphabet: the number that is printed. */
		code: c.text().primaryKey(),
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** As printed. */
		name: c.text().notNull(),
		/** Hides the name in what is public: see credential.ts. */
		salt: c.text().notNull(),
		contents: c.json<CertificateContents>().notNull(),
		issuedAt: c.timestamp().notNull(),
		issuedBy: c.text(),
		revokedAt: c.timestamp(),
		revokedBy: c.text(),
		revokedReason: c.text(),
		/** The one that was revoked for this one. */
		replaces: c.text()
	},
	(t) => [
		c.uniqueIndex('certificate_in_force').on(t.trainingId, t.userId).where(isNull(t.revokedAt)),
		c.index('certificate_training').on(t.trainingId),
		c.index('certificate_user').on(t.userId)
	]
);
