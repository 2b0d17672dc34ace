/** The invitation to give feedback: to the participants of a training, from the day it opens. */
import { and, desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { dayIn, type CalendarDay } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { feedbackParticipation, training } from '#lib/platform/server/db/schema/index.ts';
import { feedbackAccess } from '../access.ts';
import { partsOf, type Instrument, type Part } from '../instrument.ts';
import { end } from '../instruments/index.ts';
import {
	facilitatorsOf,
	findTraining,
	hasAnswered,
	trainingColumns,
	type FeedbackTraining
} from './trainings.ts';

export type InvitationState = 'not_yet' | 'open' | 'answered';

export interface Invitation {
	readonly training: FeedbackTraining;
	readonly instrument: Instrument;
	readonly parts: readonly Part[];
	readonly today: CalendarDay;
	readonly state: InvitationState;
}

/** Refuses with `not_found` whoever was not a participant of this training. */
export async function findInvitation(
	app: App,
	actor: Actor | null,
	trainingId: string
): Promise<Invitation> {
	const found = await findTraining(app.db.read, trainingId);
	const at = { trainingId, regionCode: found?.regionCode ?? null };
	if (!actor || !found || !feedbackAccess.can(actor, 'answer', at)) {
		throw new Refusal('not_found', 'feedback_refused_not_found');
	}
	const today = dayIn(found.zone, app.now());
	const answered = await hasAnswered(app.db.read, { trainingId, userId: actor.userId }, end);
	const facilitators = await facilitatorsOf(app.db.read, trainingId);
	return {
		training: found,
		instrument: end,
		parts: partsOf(end, facilitators),
		today,
		state: stateOf({ answered, today, opensOn: found.feedbackOpensOn })
	};
}

/** The same, but only while it can be answered; refuses with `closed` before and after. */
export async function findOpenInvitation(
	app: App,
	actor: Actor | null,
	trainingId: string
): Promise<Invitation> {
	const invitation = await findInvitation(app, actor, trainingId);
	if (invitation.state === 'answered') throw new Refusal('closed', 'feedback_refused_already');
	if (invitation.state === 'not_yet') throw new Refusal('closed', 'feedback_refused_not_yet');
	return invitation;
}

export interface ListedInvitation {
	readonly training: FeedbackTraining;
	readonly state: InvitationState;
}

/** Every training this person may give feedback on, the latest first. */
export async function listInvitations(app: App, actor: Actor | null): Promise<ListedInvitation[]> {
	if (!actor) return [];
	const columns = { trainingId: training.id, regionCode: training.regionCode };
	const rows = await app.db.read
		.select({ training: trainingColumns, answeredBy: feedbackParticipation.userId })
		.from(training)
		.leftJoin(
			feedbackParticipation,
			and(
				eq(feedbackParticipation.trainingId, training.id),
				eq(feedbackParticipation.instrument, end.id),
				eq(feedbackParticipation.userId, actor.userId)
			)
		)
		.where(feedbackAccess.where(actor, 'answer', columns))
		.orderBy(desc(training.endsOn), training.id);
	return rows.map(({ training: found, answeredBy }) => ({
		training: found,
		state: stateOf({
			answered: answeredBy !== null,
			today: dayIn(found.zone, app.now()),
			opensOn: found.feedbackOpensOn
		})
	}));
}

function stateOf(known: {
	answered: boolean;
	today: CalendarDay;
	opensOn: CalendarDay;
}): InvitationState {
	if (known.answered) return 'answered';
	return known.today < known.opensOn ? 'not_yet' : 'open';
}
