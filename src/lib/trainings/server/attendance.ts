/**
 * Being there (hadir): entered by oneself with the code from the screen, by the
 * facilitator from the signed list, and corrected with a reason.
 *
 * The primary key decides between two phones; whoever is in stays in.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { oneByOne } from '#lib/people/server/one-by-one.ts';
import { countMiss, refuseWhenTooMany } from '#lib/people/server/throttle.ts';
import { dayIn } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import {
	agendaSlot,
	attendance,
	attendanceCorrection,
	attendanceWindow,
	training
} from '#lib/platform/server/db/schema/index.ts';
import { attendanceAccess } from '../access.ts';
import { lastArrival, normaliseAttendanceCode, stepStart } from '../attendance.ts';
import { proofOf, type Proof } from './attendance-codes.ts';
import { deed, findSlotFor, type WhichSlot } from './attendance-windows.ts';
import { participantsAmong } from './people.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		/** Somebody was entered or corrected. */
		'attendance.changed': { readonly trainingId: string; readonly userIds: readonly string[] };
	}
}

/** A mistyped code now and then; guessing one of 887 million is hopeless. */
const MISSES_A_MINUTE = 10;
const MINUTE_MS = 60_000;

export interface Entered extends WhichSlot {
	/** When the server first heard of it. */
	readonly at: Date;
}

/**
 * The actor is there, by the code that is on the screen now or was a minute ago.
 * Entered twice, or from two phones, it stays what it was.
 *
 * Refuses with `too_many` after ten misses a minute; `not_found` for a code of no
 * session of this person's trainings; `closed` when it has changed or the session
 * was closed, and when the facilitator has corrected this person to absent.
 */
export async function enterAttendance(app: App, actor: Actor, code: string): Promise<Entered> {
	const proof = await proofOrMiss(app, actor, code);
	if (!proof.fresh) throw new Refusal('closed', 'trainings_refused_attendance_code_old');
	return enter(app, actor, proof);
}

/** Asked before a queued entry is carried out, so that a miss stays counted. Refuses as `enterAttendance`. */
export async function refuseUnknownCode(app: App, actor: Actor, code: string): Promise<void> {
	await proofOrMiss(app, actor, code);
}

/**
 * What a phone kept without a signal: the code proves the minute, whenever it
 * arrives up to the end of the day after the training, by the server's clock.
 *
 * Refuses as `enterAttendance`, but for the age of the code; with `closed` when
 * it arrives too late for that. Misses are not counted here.
 */
export async function receiveAttendance(app: App, actor: Actor, code: string): Promise<Entered> {
	const proof = await findProof(app, actor, code);
	if (!proof) throw new Refusal('not_found', 'trainings_refused_attendance_code');
	if (!proof.fresh && app.now() >= lastArrival(proof.window)) {
		throw new Refusal('closed', 'trainings_refused_attendance_too_late');
	}
	return enter(app, actor, proof);
}

interface OwnWindow extends WhichSlot {
	readonly secret: string;
	readonly openedAt: Date;
	readonly closedAt: Date | null;
	readonly zone: (typeof training.$inferSelect)['zone'];
	readonly endsOn: (typeof training.$inferSelect)['endsOn'];
}

async function proofOrMiss(app: App, actor: Actor, code: string): Promise<Proof<OwnWindow>> {
	const key = `attendance code by ${actor.userId}`;
	return oneByOne(key, async () => {
		await refuseWhenTooMany(app, key, MISSES_A_MINUTE, MINUTE_MS);
		const proof = await findProof(app, actor, code);
		if (proof) return proof;
		await countMiss(app, key, MINUTE_MS);
		throw new Refusal('not_found', 'trainings_refused_attendance_code');
	});
}

async function findProof(app: App, actor: Actor, code: string): Promise<Proof<OwnWindow> | null> {
	const typed = normaliseAttendanceCode(code);
	return typed === null ? null : proofOf(await ownWindows(app.db.read, actor), typed, app.now());
}

/** Of the trainings this person takes part in: a code of any other is no code. */
const ownWindows = (read: Read, actor: Actor): Promise<OwnWindow[]> =>
	read
		.select({
			trainingId: agendaSlot.trainingId,
			slotId: agendaSlot.id,
			secret: attendanceWindow.secret,
			openedAt: attendanceWindow.openedAt,
			closedAt: attendanceWindow.closedAt,
			zone: training.zone,
			endsOn: training.endsOn
		})
		.from(attendanceWindow)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendanceWindow.slotId))
		.innerJoin(training, eq(training.id, agendaSlot.trainingId))
		.where(
			attendanceAccess.where(actor, 'enter', {
				trainingId: agendaSlot.trainingId,
				regionCode: training.regionCode
			})
		);

async function enter(
	app: App,
	{ userId }: Actor,
	{ window, step, fresh }: Proof<OwnWindow>
): Promise<Entered> {
	const { slotId, trainingId } = window;
	const way = fresh ? ('code' as const) : ('later' as const);
	const at = app.now();
	const row = { slotId, userId, present: true, way, provenAt: stepStart(step), at };
	const { known, first } = await app.db.write(async (tx) => {
		const [entered] = await tx
			.insert(attendance)
			.values({ ...row, enteredBy: userId })
			.onConflictDoNothing()
			.returning();
		if (entered) return { known: entered, first: true };
		const [before] = await tx.select().from(attendance).where(isRow(slotId, userId));
		return { known: before, first: false };
	});
	if (!known?.present) throw new Refusal('closed', 'trainings_refused_attendance_corrected');
	if (first) tell(app, trainingId, [userId]);
	return { trainingId, slotId, at: known.at };
}

const isRow = (slotId: string, userId: string) =>
	and(eq(attendance.slotId, slotId), eq(attendance.userId, userId));

const tell = (app: App, trainingId: string, userIds: readonly string[]) =>
	app.events.emit('attendance.changed', { trainingId, userIds });

/**
 * Enters who has signed the list on paper; whoever is in already stays as they
 * are. Answers how many were added.
 *
 * Refuses with `not_found`, `forbidden`; `closed` before the day of the slot;
 * `invalid` when somebody is not a participant of this training.
 */
export async function enterFromPaper(
	app: App,
	actor: Actor,
	{ userIds, ...which }: WhichSlot & { readonly userIds: readonly string[] }
): Promise<number> {
	const { slotId, trainingId } = which;
	const at = app.now();
	const added = await app.db.write(async (tx) => {
		const { training, slot } = await findSlotFor(tx, actor, which, 'run');
		if (dayIn(training.zone, at) < slot.onDay) {
			throw new Refusal('closed', 'trainings_refused_attendance_not_yet');
		}
		await refuseStrangers(tx, trainingId, userIds);
		if (userIds.length === 0) throw new Refusal('invalid', 'trainings_refused_attendance_nobody');
		const entry = { present: true, way: 'paper' as const, at, enteredBy: actor.userId };
		const rows = await tx
			.insert(attendance)
			.values(userIds.map((userId) => ({ slotId, userId, ...entry })))
			.onConflictDoNothing()
			.returning();
		if (rows.length > 0) await audit(tx, deed(actor, 'attendance.paper', slotId, at));
		return rows.map(({ userId }) => userId);
	});
	if (added.length > 0) tell(app, trainingId, added);
	return added.length;
}

export interface Correction extends WhichSlot {
	readonly userId: string;
	/** What is true. */
	readonly present: boolean;
	/** For whoever asks later; never empty. */
	readonly reason: string;
}

/**
 * Sets right what the list says of one person. What stands already changes
 * nothing. Refuses as `enterFromPaper`.
 */
export async function correctAttendance(
	app: App,
	actor: Actor,
	{ userId, present, reason, ...which }: Correction
): Promise<void> {
	const { slotId, trainingId } = which;
	const at = app.now();
	const changed = await app.db.write(async (tx) => {
		const { training, slot } = await findSlotFor(tx, actor, which, 'run');
		if (dayIn(training.zone, at) < slot.onDay) {
			throw new Refusal('closed', 'trainings_refused_attendance_not_yet');
		}
		await refuseStrangers(tx, trainingId, [userId]);
		const [known] = await tx.select().from(attendance).where(isRow(slotId, userId));
		if ((known?.present ?? false) === present) return false;
		const entry = { present, way: 'correction' as const, at, enteredBy: actor.userId };
		await tx
			.insert(attendance)
			.values({ slotId, userId, ...entry })
			.onConflictDoUpdate({ target: [attendance.slotId, attendance.userId], set: entry });
		const correction = { slotId, userId, present, reason, correctedBy: actor.userId, at };
		await tx.insert(attendanceCorrection).values(correction);
		const { object, ...rest } = deed(actor, 'attendance.corrected', slotId, at);
		await audit(tx, { ...rest, object: `${object} user:${userId}` });
		return true;
	});
	if (changed) tell(app, trainingId, [userId]);
}

async function refuseStrangers(read: Read, trainingId: string, userIds: readonly string[]) {
	const known = await participantsAmong(read, trainingId, userIds);
	if (known.size < new Set(userIds).size) {
		throw new Refusal('invalid', 'trainings_refused_attendance_stranger');
	}
}

/** User id → the slots of the training in which they were, for who has asked already. */
export async function attendedSlots(
	read: Read,
	trainingId: string,
	userIds?: readonly string[]
): Promise<Map<string, Set<string>>> {
	const rows = await read
		.select({ userId: attendance.userId, slotId: attendance.slotId })
		.from(attendance)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendance.slotId))
		.where(
			and(
				eq(agendaSlot.trainingId, trainingId),
				eq(attendance.present, true),
				userIds ? inArray(attendance.userId, [...userIds]) : undefined
			)
		);
	const found = new Map<string, Set<string>>();
	for (const { userId, slotId } of rows) {
		found.set(userId, (found.get(userId) ?? new Set()).add(slotId));
	}
	return found;
}
