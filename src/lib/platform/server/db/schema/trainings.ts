import { sql } from 'drizzle-orm';
import * as c from '../columns.ts';
import { library, region, user } from './people.ts';

/** A training (bimtek, angkatan). Days are days where it takes place. */
export const training = c.table(
	'training',
	{
		id: c.id(),
		title: c.text().notNull(),
		place: c.text().notNull(),
		regionCode: c
			.text()
			.notNull()
			.references(() => region.code),
		zone: c.oneOf(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']).notNull(),
		startsOn: c.day().notNull(),
		endsOn: c.day().notNull(),
		/** The last day to carry the plans out: closing date plus one month unless an officer moves it. */
		planDueOn: c.day().notNull(),
		feedbackOpensOn: c.day().notNull(),
		createdBy: c.text(),
		createdAt: c.timestamp().notNull()
	},
	(t) => [
		c.index('training_region').on(t.regionCode, t.startsOn),
		c.check('training_days_in_order', sql`${t.startsOn} <= ${t.endsOn}`)
	]
);

/** The door of a training: its code of the day, and whether people enter without being approved one by one. */
export const door = c.table('door', {
	trainingId: c
		.text()
		.primaryKey()
		.references(() => training.id, { onDelete: 'cascade' }),
	code: c.text().notNull().unique(),
	expiresAt: c.timestamp().notNull(),
	open: c.boolean().notNull().default(false)
});

export const agendaSlot = c.table(
	'agenda_slot',
	{
		id: c.id(),
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		onDay: c.day().notNull(),
		/** 'HH:MM' on the clock of the training's zone. */
		startsAt: c.text().notNull(),
		endsAt: c.text().notNull(),
		title: c.text().notNull(),
		/** The course module it teaches, if any. */
		moduleSlug: c.text(),
		/** Training hours (JP) that the office has set; null: by the length of the slot. */
		jp: c.integer()
	},
	(t) => [c.index('agenda_slot_training').on(t.trainingId, t.onDay, t.startsAt)]
);

/** A village team (kelompok, tim desa) in a training. */
export const group = c.table(
	'team',
	{
		id: c.id(),
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		name: c.text().notNull(),
		regionCode: c
			.text()
			.notNull()
			.references(() => region.code),
		libraryId: c.text().references(() => library.id),
		createdAt: c.timestamp().notNull()
	},
	(t) => [c.uniqueIndex('team_once').on(t.trainingId, t.regionCode, t.name)]
);

export const groupMember = c.table(
	'team_member',
	{
		groupId: c
			.text()
			.notNull()
			.references(() => group.id, { onDelete: 'cascade' }),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		joinedAt: c.timestamp().notNull()
	},
	(t) => [
		c.primaryKey({ columns: [t.groupId, t.userId] }),
		c.index('team_member_user').on(t.userId)
	]
);

/** Somebody at the door. */
export const joinRequest = c.table(
	'join_request',
	{
		trainingId: c
			.text()
			.notNull()
			.references(() => training.id, { onDelete: 'cascade' }),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		regionCode: c
			.text()
			.notNull()
			.references(() => region.code),
		libraryId: c.text().references(() => library.id),
		state: c.oneOf(['waiting', 'approved', 'declined']).notNull(),
		askedAt: c.timestamp().notNull(),
		decidedBy: c.text(),
		decidedAt: c.timestamp()
	},
	(t) => [
		c.primaryKey({ columns: [t.trainingId, t.userId] }),
		c.index('join_request_user').on(t.userId)
	]
);
