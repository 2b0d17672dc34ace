/** The session that somebody's learning leads to or comes from. */
import { dayIn, type CalendarDay } from '#lib/platform/calendar.ts';
import type { Actor } from '#lib/people/actor.ts';
import { ownGroups } from '#lib/trainings/server/groups.ts';
import { trainingsOf } from '#lib/trainings/server/trainings.ts';
import { phaseOn, type Phase } from '#lib/trainings/training.ts';

export interface Session {
	readonly phase: Phase;
	/** Before: the first day. During: the last. After: until when the plans are carried out. */
	readonly day: CalendarDay;
}

/** The nearest training somebody takes part in: the one going on, else the next, else the last one still being carried out. */
export async function sessionOf({ app }: App.Locals, actor: Actor): Promise<Session | null> {
	if (actor.groupIds.length === 0) return null;
	const groups = await ownGroups(app, actor);
	const own = new Set(groups.map(({ trainingId }) => trainingId));
	const sessions = (await trainingsOf(app, actor))
		.filter(({ id }) => own.has(id))
		.map((training) => {
			const today = dayIn(training.zone, app.now());
			const phase = phaseOn(training, today);
			const { startsOn, endsOn, planDueOn } = training;
			const day = { before: startsOn, during: endsOn, after: planDueOn }[phase];
			return { phase, day, over: today > day };
		});
	const order = ['during', 'before', 'after'];
	const [nearest] = sessions
		.filter(({ over }) => !over)
		.sort(
			(one, other) =>
				order.indexOf(one.phase) - order.indexOf(other.phase) || (one.day < other.day ? -1 : 1)
		);
	return nearest ? { phase: nearest.phase, day: nearest.day } : null;
}
