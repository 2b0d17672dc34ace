import * as c from '../columns.ts';
import { user } from './people.ts';
import { agendaSlot } from './trainings.ts';

/** A slot's attendance is being taken: one row each time it is opened. It also ends by itself. */
export const attendanceWindow = c.table(
	'attendance_window',
	{
		id: c.id(),
		slotId: c
			.text()
			.notNull()
			.references(() => agendaSlot.id, { onDelete: 'cascade' }),
		/** 128 random bits: what the codes on the screen are made of. */
		secret: c.text().notNull(),
		openedAt: c.timestamp().notNull(),
		openedBy: c.text(),
		closedAt: c.timestamp(),
		closedBy: c.text()
	},
	(t) => [c.index('attendance_window_slot').on(t.slotId, t.openedAt)]
);

/** Whether somebody was there in a slot of the agenda, as it stands; no row: nothing is known. */
export const attendance = c.table(
	'attendance',
	{
		slotId: c
			.text()
			.notNull()
			.references(() => agendaSlot.id, { onDelete: 'cascade' }),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		present: c.boolean().notNull(),
		/** `later`: the code was good then, and arrived when it was not on the screen any more. */
		way: c.oneOf(['code', 'later', 'paper', 'correction']).notNull(),
		/** When the code that was entered stood on the screen, by the server's clock; null: no code. */
		provenAt: c.timestamp(),
		/** When the server was told, and by whom: the person, or who entered it from paper. */
		at: c.timestamp().notNull(),
		enteredBy: c.text()
	},
	(t) => [c.primaryKey({ columns: [t.slotId, t.userId] }), c.index('attendance_user').on(t.userId)]
);

/** Every correction with its reason, in order. */
export const attendanceCorrection = c.table(
	'attendance_correction',
	{
		n: c.sequence(),
		slotId: c
			.text()
			.notNull()
			.references(() => agendaSlot.id, { onDelete: 'cascade' }),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** What it says since then. */
		present: c.boolean().notNull(),
		reason: c.text().notNull(),
		correctedBy: c.text(),
		at: c.timestamp().notNull()
	},
	(t) => [
		c.index('attendance_correction_slot').on(t.slotId, t.userId),
		c.index('attendance_correction_user').on(t.userId)
	]
);
