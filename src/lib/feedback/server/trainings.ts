/** What feedback needs to know of a training: when it opens, who is invited, who is spoken about. */
import { and, asc, eq } from 'drizzle-orm';
import type { CalendarDay, Zone } from '#lib/platform/calendar.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import {
	feedbackParticipation,
	grant,
	training,
	user
} from '#lib/platform/server/db/schema/index.ts';
import type { Instrument, Subject } from '../instrument.ts';

export interface FeedbackTraining {
	readonly id: string;
	readonly title: string;
	readonly regionCode: string;
	readonly zone: Zone;
	readonly startsOn: CalendarDay;
	readonly endsOn: CalendarDay;
	readonly feedbackOpensOn: CalendarDay;
}

export const trainingColumns = {
	id: training.id,
	title: training.title,
	regionCode: training.regionCode,
	zone: training.zone,
	startsOn: training.startsOn,
	endsOn: training.endsOn,
	feedbackOpensOn: training.feedbackOpensOn
};

export async function findTraining(read: Read, id: string): Promise<FeedbackTraining | null> {
	const [found] = await read.select(trainingColumns).from(training).where(eq(training.id, id));
	return found ?? null;
}

/** The condition on a grant: this role in this very training. */
export const inTraining = (role: 'participant' | 'facilitator', trainingId: string) =>
	and(eq(grant.role, role), eq(grant.scopeKind, 'training'), eq(grant.scopeId, trainingId));

export async function facilitatorsOf(read: Read, trainingId: string): Promise<Subject[]> {
	const rows = await read
		.select({ id: user.id, name: user.name })
		.from(grant)
		.innerJoin(user, eq(user.id, grant.userId))
		.where(inTraining('facilitator', trainingId))
		.orderBy(asc(user.name), asc(user.id));
	return rows.map(({ id, name }) => ({ id, name: { id: name, en: name } }));
}

/** Whether this person has handed the instrument in. Says nothing about when, or what. */
export async function hasAnswered(
	read: Read,
	who: { trainingId: string; userId: string },
	instrument: Instrument
): Promise<boolean> {
	const { trainingId, userId } = who;
	const [found] = await read
		.select({ userId: feedbackParticipation.userId })
		.from(feedbackParticipation)
		.where(
			and(
				eq(feedbackParticipation.trainingId, trainingId),
				eq(feedbackParticipation.instrument, instrument.id),
				eq(feedbackParticipation.userId, userId)
			)
		);
	return found !== undefined;
}
