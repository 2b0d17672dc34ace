/** Taking attendance in a slot: opened and closed by the facilitator, ended by the server's clock at the latest. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { dayIn } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { agendaSlot, attendance, attendanceWindow } from '#lib/platform/server/db/schema/index.ts';
import { attendanceAccess, type AttendanceAction } from '../access.ts';
import { endOf, isOpen, stepAt, type Window } from '../attendance.ts';
import type { Training } from '../training.ts';
import type { Slot } from './agenda.ts';
import { codeAt, newSecret, nextCodeAt } from './attendance-codes.ts';
import { participantCount } from './people.ts';
import { findTraining } from './trainings.ts';

/** Which slot of which training. */
export interface WhichSlot {
	readonly trainingId: string;
	readonly slotId: string;
}

/**
 * Begins to take attendance; begun already, nothing changes. Ends by itself
 * after four hours.
 *
 * Refuses with `not_found`, `forbidden`, and `closed` before the day of the slot
 * and after the training: the signed list is entered by hand then.
 */
export async function openAttendance(app: App, actor: Actor, which: WhichSlot): Promise<void> {
	const { training, slot } = await findSlotFor(app.db.read, actor, which, 'run');
	const at = app.now();
	const today = dayIn(training.zone, at);
	if (today < slot.onDay) throw new Refusal('closed', 'trainings_refused_attendance_not_yet');
	if (today > training.endsOn) throw new Refusal('closed', 'trainings_refused_attendance_over');
	await app.db.write(async (tx) => {
		const last = await lastWindow(tx, slot.id);
		if (last && isOpen(last, at)) return;
		const opened = { openedAt: at, openedBy: actor.userId };
		await tx.insert(attendanceWindow).values({ slotId: slot.id, secret: newSecret(), ...opened });
		await audit(tx, deed(actor, 'attendance.opened', slot.id, at));
	});
}

/** Ends it; ended already, nothing changes. Refuses with `not_found` and `forbidden`. */
export async function closeAttendance(app: App, actor: Actor, which: WhichSlot): Promise<void> {
	const { slot } = await findSlotFor(app.db.read, actor, which, 'run');
	const at = app.now();
	await app.db.write(async (tx) => {
		const last = await lastWindow(tx, slot.id);
		if (!last || !isOpen(last, at)) return;
		await tx
			.update(attendanceWindow)
			.set({ closedAt: at, closedBy: actor.userId })
			.where(and(eq(attendanceWindow.slotId, slot.id), isNull(attendanceWindow.closedAt)));
		await audit(tx, deed(actor, 'attendance.closed', slot.id, at));
	});
}

export const deed = (actor: Actor, action: string, slotId: string, at: Date) => ({
	actorId: actor.userId,
	action,
	object: `slot:${slotId}`,
	at
});

/** What the projector shows. */
export interface Screen {
	readonly slot: Slot;
	/** Null while nobody has opened it. */
	readonly now: {
		readonly code: string;
		/** The next code comes then. */
		readonly until: Date;
		/** It ends by itself then. */
		readonly endsAt: Date;
	} | null;
	readonly present: number;
	readonly participants: number;
}

/** Refuses with `not_found` and `forbidden`: only who runs the training may see the code. */
export async function screenOf(app: App, actor: Actor, which: WhichSlot): Promise<Screen> {
	const { training, slot } = await findSlotFor(app.db.read, actor, which, 'run');
	const at = app.now();
	const last = await lastWindow(app.db.read, slot.id);
	return {
		slot,
		now:
			last && isOpen(last, at)
				? { code: codeAt(last.secret, stepAt(at)), until: nextCodeAt(at), endsAt: endOf(last) }
				: null,
		present: await app.db.read.$count(
			attendance,
			and(eq(attendance.slotId, slot.id), eq(attendance.present, true))
		),
		participants: await participantCount(app.db.read, training.id)
	};
}

/** The one that was opened last, whether or not it has ended. */
export async function lastWindow(
	read: Read,
	slotId: string
): Promise<(Window & { readonly secret: string }) | null> {
	const [last] = await read
		.select()
		.from(attendanceWindow)
		.where(eq(attendanceWindow.slotId, slotId))
		.orderBy(desc(attendanceWindow.openedAt))
		.limit(1);
	return last ?? null;
}

export interface FoundSlot {
	readonly training: Training;
	readonly slot: Slot;
}

/** Refuses with `not_found` a training or slot out of reach, with `forbidden` what is not this person's to do. */
export async function findSlotFor(
	read: Read,
	actor: Actor,
	{ trainingId, slotId }: WhichSlot,
	action: AttendanceAction
): Promise<FoundSlot> {
	const training = await findTrainingFor(read, actor, trainingId, action);
	const [slot] = await read
		.select()
		.from(agendaSlot)
		.where(and(eq(agendaSlot.id, slotId), eq(agendaSlot.trainingId, trainingId)));
	if (!slot) throw new Refusal('not_found', 'trainings_refused_slot_not_found');
	return { training, slot };
}

/** The same for the whole training. */
export async function findTrainingFor(
	read: Read,
	actor: Actor,
	trainingId: string,
	action: AttendanceAction
): Promise<Training> {
	const training = await findTraining(read, actor, trainingId);
	const place = { trainingId, regionCode: training.regionCode };
	if (attendanceAccess.can(actor, action, place)) return training;
	throw new Refusal('forbidden', 'trainings_refused_attendance_forbidden');
}
