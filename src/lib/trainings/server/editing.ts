/** Changing a training, and what its days take along when they are moved. */
import { eq } from 'drizzle-orm';
import { addDays } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { agendaSlot, attendance, training } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { daysMoved, followingDays, isOutside, type AgendaChoice } from '../moving.ts';
import { slotsOf, type Slot } from './agenda.ts';
import {
	completed,
	findTraining,
	refuseOutside,
	refuseUnknownRegion,
	type TrainingTerms
} from './trainings.ts';

/**
 * Changes the terms. When the first day moves and there is an agenda, `choice` says what becomes of
 * it; a session that somebody's attendance stands on stays where it was in any case.
 *
 * Answers with how many sessions then lie outside the days of the training: kept, and to be looked
 * at. Refuses as `createTraining`, with `not_found` for a training out of reach, and with `invalid`
 * when a choice about the agenda is missing.
 */
export async function editTraining(
	app: App,
	actor: Actor,
	id: string,
	{ choice = null, ...terms }: TrainingTerms & { readonly choice?: AgendaChoice | null }
): Promise<{ outside: number }> {
	const held = await findTraining(app.db.read, actor, id, 'manage');
	refuseOutside(actor, terms.regionCode);
	const row = completed({ ...terms, ...followingDays(held, terms, choice) });
	await refuseUnknownRegion(app.db.read, terms.regionCode);
	const days = daysMoved(held, row);
	const at = app.now();
	return app.db.write(async (tx) => {
		const movable = days === 0 ? [] : await unattended(tx, id);
		if (movable.length > 0 && choice === null) {
			throw new Refusal('invalid', 'trainings_refused_agenda_undecided');
		}
		await tx.update(training).set(row).where(eq(training.id, id));
		if (choice === 'moves') await move(tx, movable, days);
		const object = `training:${id}`;
		await audit(tx, { actorId: actor.userId, action: 'training.edited', object, at });
		const slots = await slotsOf(tx, id);
		return { outside: slots.filter(({ onDay }) => isOutside(onDay, row)).length };
	});
}

async function move(tx: Tx, slots: readonly Slot[], days: number): Promise<void> {
	for (const { id, onDay } of slots) {
		await tx
			.update(agendaSlot)
			.set({ onDay: addDays(onDay, days) })
			.where(eq(agendaSlot.id, id));
	}
}

/** The sessions that nobody has been at yet: the others happened on their day. */
export async function unattended(read: Read, trainingId: string): Promise<Slot[]> {
	const rows = await read
		.selectDistinct({ id: attendance.slotId })
		.from(attendance)
		.innerJoin(agendaSlot, eq(agendaSlot.id, attendance.slotId))
		.where(eq(agendaSlot.trainingId, trainingId));
	const attended = new Set(rows.map(({ id }) => id));
	return (await slotsOf(read, trainingId)).filter(({ id }) => !attended.has(id));
}
