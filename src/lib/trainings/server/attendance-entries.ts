/** Entries on the lists of sessions and what was set right in them, for who has asked already whether they may be seen. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { Read } from '#lib/platform/server/db/index.ts';
import { attendance, attendanceCorrection, user } from '#lib/platform/server/db/schema/index.ts';

/** What the list says of one person. */
export interface Entry {
	readonly present: boolean;
	readonly way: (typeof attendance.$inferSelect)['way'];
	readonly provenAt: Date | null;
	readonly at: Date;
	/** Null: themselves. */
	readonly enteredBy: string | null;
}

export interface CorrectionMade {
	readonly present: boolean;
	readonly reason: string;
	readonly by: string;
	readonly at: Date;
}

/** What is known of these slots. */
export async function entriesIn(
	read: Read,
	slotIds: readonly string[]
): Promise<(Entry & { readonly slotId: string; readonly userId: string })[]> {
	if (slotIds.length === 0) return [];
	const rows = await read
		.select({ row: attendance, by: user.name })
		.from(attendance)
		.leftJoin(user, eq(user.id, attendance.enteredBy))
		.where(inArray(attendance.slotId, [...slotIds]));
	return rows.map(({ row: { slotId, userId, present, way, provenAt, at, enteredBy }, by }) => ({
		slotId,
		userId,
		present,
		way,
		provenAt,
		at,
		enteredBy: enteredBy === userId ? null : by
	}));
}

/** What was set right in these slots, in the order it was made. */
export async function correctionsIn(
	read: Read,
	slotIds: readonly string[]
): Promise<(CorrectionMade & { readonly slotId: string; readonly userId: string })[]> {
	if (slotIds.length === 0) return [];
	const rows = await read
		.select({ row: attendanceCorrection, by: user.name })
		.from(attendanceCorrection)
		.leftJoin(user, eq(user.id, attendanceCorrection.correctedBy))
		.where(inArray(attendanceCorrection.slotId, [...slotIds]))
		.orderBy(asc(attendanceCorrection.n));
	return rows.map(({ row: { slotId, userId, present, reason, at }, by }) => ({
		slotId,
		userId,
		present,
		reason,
		at,
		by: by ?? ''
	}));
}
