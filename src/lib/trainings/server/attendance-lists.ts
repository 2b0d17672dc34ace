/** Reading attendance: the slots of a training, the list of one slot, and one's own. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import {
	agendaSlot,
	attendance,
	attendanceWindow,
	training
} from '#lib/platform/server/db/schema/index.ts';
import { count } from '#lib/platform/server/db/sql.ts';
import { attendanceAccess } from '../access.ts';
import { hoursIn, isOpen, jpOf, type Hours } from '../attendance.ts';
import type { Training } from '../training.ts';
import { slotsOf, type Slot } from './agenda.ts';
import { correctionsIn, entriesIn, type CorrectionMade, type Entry } from './attendance-entries.ts';
import { findSlotFor, findTrainingFor, lastWindow, type WhichSlot } from './attendance-windows.ts';
import { participantCount, teamsOf } from './people.ts';

export type TakingState = 'not opened' | 'open' | 'closed';

export interface SlotOverview extends Slot {
	/** By rule or as set. */
	readonly hours: number;
	readonly state: TakingState;
	readonly present: number;
}

export interface Overview {
	readonly training: Training;
	readonly slots: readonly SlotOverview[];
	readonly participants: number;
	/** Whether the actor may open, enter and correct. */
	readonly mayRun: boolean;
}

/** All slots and how many were there. Refuses with `not_found` and `forbidden`. */
export async function attendanceOverview(
	app: App,
	actor: Actor,
	trainingId: string
): Promise<Overview> {
	const found = await findTrainingFor(app.db.read, actor, trainingId, 'follow');
	const { read } = app.db;
	const slots = await slotsOf(read, trainingId);
	const counted = await read
		.select({ slotId: attendance.slotId, present: count() })
		.from(attendance)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendance.slotId))
		.where(and(eq(agendaSlot.trainingId, trainingId), eq(attendance.present, true)))
		.groupBy(attendance.slotId);
	const states = await statesOf(read, trainingId, app.now());
	const place = { trainingId, regionCode: found.regionCode };
	return {
		training: found,
		slots: slots.map((slot) => ({
			...slot,
			hours: jpOf(slot),
			state: states.get(slot.id) ?? 'not opened',
			present: counted.find(({ slotId }) => slotId === slot.id)?.present ?? 0
		})),
		participants: await participantCount(read, trainingId),
		mayRun: attendanceAccess.can(actor, 'run', place)
	};
}

async function statesOf(
	read: Read,
	trainingId: string,
	now: Date
): Promise<Map<string, TakingState>> {
	const windows = await read
		.select({
			slotId: attendanceWindow.slotId,
			openedAt: attendanceWindow.openedAt,
			closedAt: attendanceWindow.closedAt
		})
		.from(attendanceWindow)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendanceWindow.slotId))
		.where(eq(agendaSlot.trainingId, trainingId))
		.orderBy(asc(attendanceWindow.openedAt));
	return new Map(
		windows.map((window) => [window.slotId, isOpen(window, now) ? 'open' : 'closed'] as const)
	);
}

export interface ListedPerson {
	readonly userId: string;
	readonly name: string;
	readonly team: string;
	/** Null: nothing is known yet. */
	readonly entry: Entry | null;
	/** In the order they were made. */
	readonly corrections: readonly CorrectionMade[];
}

export interface SlotList {
	readonly training: Training;
	readonly slot: Slot;
	readonly hours: number;
	readonly state: TakingState;
	readonly people: readonly ListedPerson[];
	readonly mayRun: boolean;
}

/** Who was in a slot, team by team. Refuses with `not_found` and `forbidden`. */
export async function slotAttendance(app: App, actor: Actor, which: WhichSlot): Promise<SlotList> {
	const { read } = app.db;
	const found = await findSlotFor(read, actor, which, 'follow');
	const teams = await teamsOf(app, actor, which.trainingId);
	const entries = await entriesIn(read, [which.slotId]);
	const corrections = await correctionsIn(read, [which.slotId]);
	const window = await lastWindow(read, which.slotId);
	const place = { trainingId: which.trainingId, regionCode: found.training.regionCode };
	return {
		...found,
		hours: jpOf(found.slot),
		state: !window ? 'not opened' : isOpen(window, app.now()) ? 'open' : 'closed',
		people: teams.flatMap((team) =>
			team.members.map(({ userId, name }) => ({
				userId,
				name,
				team: team.name,
				entry: entries.find((one) => one.userId === userId) ?? null,
				corrections: corrections.filter((one) => one.userId === userId)
			}))
		),
		mayRun: attendanceAccess.can(actor, 'run', place)
	};
}

export interface OwnSlot extends Slot {
	readonly hours: number;
	/** Null: nothing is known. */
	readonly present: boolean | null;
	readonly enteredAt: Date | null;
	readonly state: TakingState;
}

export interface OwnAttendance {
	readonly training: Training;
	readonly slots: readonly OwnSlot[];
	readonly hours: Hours;
}

/** One's own attendance. Refuses with `not_found`, and with `forbidden` who does not take part. */
export async function ownAttendance(
	app: App,
	actor: Actor,
	trainingId: string
): Promise<OwnAttendance> {
	const { read } = app.db;
	const found = await findTrainingFor(read, actor, trainingId, 'enter');
	const slots = await slotsOf(read, trainingId);
	const states = await statesOf(read, trainingId, app.now());
	const rows = await ownRows(
		read,
		actor.userId,
		slots.map(({ id }) => id)
	);
	const present = rows.filter((row) => row.present).map(({ slotId }) => slotId);
	return {
		training: found,
		slots: slots.map((slot) => {
			const row = rows.find(({ slotId }) => slotId === slot.id);
			return {
				...slot,
				hours: jpOf(slot),
				present: row?.present ?? null,
				enteredAt: row?.at ?? null,
				state: states.get(slot.id) ?? 'not opened'
			};
		}),
		hours: hoursIn(slots, new Set(present))
	};
}

const ownRows = (read: Read, userId: string, slotIds: string[]) =>
	slotIds.length === 0
		? Promise.resolve([])
		: read
				.select()
				.from(attendance)
				.where(and(eq(attendance.userId, userId), inArray(attendance.slotId, slotIds)));

/** A session whose attendance is being taken now, and when this person was entered in it. */
export interface OpenSlot extends WhichSlot {
	readonly title: string;
	readonly zone: Training['zone'];
	/** Null: not yet. */
	readonly enteredAt: Date | null;
}

/** The sessions that wait for this person's code, in all trainings or one, the longest open first. */
export async function openSlotsFor(
	read: Read,
	actor: Actor,
	now: Date,
	trainingId?: string
): Promise<OpenSlot[]> {
	const rows = await read
		.select({
			trainingId: agendaSlot.trainingId,
			slotId: agendaSlot.id,
			title: agendaSlot.title,
			zone: training.zone,
			openedAt: attendanceWindow.openedAt,
			closedAt: attendanceWindow.closedAt
		})
		.from(attendanceWindow)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendanceWindow.slotId))
		.innerJoin(training, eq(training.id, agendaSlot.trainingId))
		.where(
			and(
				attendanceAccess.where(actor, 'enter', {
					trainingId: agendaSlot.trainingId,
					regionCode: training.regionCode
				}),
				trainingId ? eq(agendaSlot.trainingId, trainingId) : undefined
			)
		)
		.orderBy(asc(attendanceWindow.openedAt));
	const open = rows.filter((row) => isOpen(row, now));
	const own = await ownRows(
		read,
		actor.userId,
		open.map(({ slotId }) => slotId)
	);
	return open.map(({ trainingId: of, slotId, title, zone }) => ({
		trainingId: of,
		slotId,
		title,
		zone,
		enteredAt: own.find((row) => row.slotId === slotId)?.at ?? null
	}));
}

/** A slot in which this person is entered; null when they are not. */
export async function ownEntry(
	read: Read,
	actor: Actor,
	slotId: string
): Promise<{ title: string; zone: Training['zone']; at: Date; trainingId: string } | null> {
	const [found] = await read
		.select({
			title: agendaSlot.title,
			zone: training.zone,
			at: attendance.at,
			trainingId: training.id
		})
		.from(attendance)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendance.slotId))
		.innerJoin(training, eq(training.id, agendaSlot.trainingId))
		.where(
			and(
				eq(attendance.slotId, slotId),
				eq(attendance.userId, actor.userId),
				eq(attendance.present, true)
			)
		);
	return found ?? null;
}
