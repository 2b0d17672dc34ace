/** The agenda of a training: what is taught when, on the clock of its zone. */
import { and, asc, eq } from 'drizzle-orm';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { agendaSlot, attendance } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { isClockTime, type Training } from '../training.ts';
import { findTraining } from './trainings.ts';

export interface SlotTerms {
	readonly onDay: CalendarDay;
	/** 'HH:MM' */
	readonly startsAt: string;
	readonly endsAt: string;
	readonly title: string;
	readonly moduleSlug: string | null;
	/** Training hours (JP); null or absent: by the length of the slot. */
	readonly jp?: number | null;
}

export interface Slot extends SlotTerms {
	readonly id: string;
	readonly jp: number | null;
}

export async function agendaOf(app: App, actor: Actor, trainingId: string): Promise<Slot[]> {
	await findTraining(app.db.read, actor, trainingId);
	return slotsOf(app.db.read, trainingId);
}

/** For who has asked already whether this training may be read. */
export function slotsOf(read: Read, trainingId: string): Promise<Slot[]> {
	const { id, onDay, startsAt, endsAt, title, moduleSlug, jp } = agendaSlot;
	return read
		.select({ id, onDay, startsAt, endsAt, title, moduleSlug, jp })
		.from(agendaSlot)
		.where(eq(agendaSlot.trainingId, trainingId))
		.orderBy(asc(onDay), asc(startsAt), asc(title));
}

/** Refuses with `invalid` when the slot lies outside the training's days or ends before it begins. */
export async function addSlot(
	app: App,
	actor: Actor,
	trainingId: string,
	terms: SlotTerms
): Promise<{ id: string }> {
	const training = await findTraining(app.db.read, actor, trainingId, 'manage');
	refuseFaulty(training, terms);
	return app.db.write(async (tx) => {
		const [made] = await tx
			.insert(agendaSlot)
			.values({ trainingId, ...terms })
			.returning();
		if (!made) throw new Error('the slot was not written');
		return { id: made.id };
	});
}

/** Refuses as `addSlot`, and with `not_found` for a slot of another training. */
export async function editSlot(
	app: App,
	actor: Actor,
	trainingId: string,
	slotId: string,
	terms: SlotTerms
): Promise<void> {
	const training = await findTraining(app.db.read, actor, trainingId, 'manage');
	refuseFaulty(training, terms);
	const changed = await app.db.write((tx) =>
		tx.update(agendaSlot).set(terms).where(slotOf(trainingId, slotId)).returning()
	);
	if (changed.length === 0) throw new Refusal('not_found', 'trainings_refused_slot_not_found');
}

/**
 * Taking away a slot that is gone already is no mistake. Refuses with `closed`
 * when somebody's attendance stands on it.
 */
export async function removeSlot(
	app: App,
	actor: Actor,
	trainingId: string,
	slotId: string
): Promise<void> {
	await findTraining(app.db.read, actor, trainingId, 'manage');
	await app.db.write(async (tx) => {
		const [somebody] = await tx
			.select({ userId: attendance.userId })
			.from(attendance)
			.where(eq(attendance.slotId, slotId))
			.limit(1);
		if (somebody) throw new Refusal('closed', 'trainings_refused_slot_attended');
		await tx.delete(agendaSlot).where(slotOf(trainingId, slotId));
	});
}

function slotOf(trainingId: string, slotId: string) {
	return and(eq(agendaSlot.id, slotId), eq(agendaSlot.trainingId, trainingId));
}

/** More than a day has room for: a slip of the finger. */
const MOST_JP = 24;

function refuseFaulty(training: Training, terms: SlotTerms): void {
	if (terms.onDay < training.startsOn || terms.onDay > training.endsOn) {
		throw new Refusal('invalid', 'trainings_refused_slot_day');
	}
	const clocks = isClockTime(terms.startsAt) && isClockTime(terms.endsAt);
	if (!clocks || terms.endsAt <= terms.startsAt) {
		throw new Refusal('invalid', 'trainings_refused_slot_time');
	}
	const { jp = null } = terms;
	if (jp !== null && !(Number.isInteger(jp) && jp >= 0 && jp <= MOST_JP)) {
		throw new Refusal('invalid', 'trainings_refused_slot_jp');
	}
}
