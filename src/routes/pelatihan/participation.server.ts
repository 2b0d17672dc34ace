/** What a participant needs to see of one training: gathered from the rooms, decided by none of them. */
import { dayIn } from '#lib/platform/calendar.ts';
import { certificateWaits } from '#lib/courses/certificates/server/standing.ts';
import { nextInPhase, preworkLeft } from '#lib/courses/progress.ts';
import { progressOf } from '#lib/courses/server/progress.ts';
import { recallWaits } from '#lib/courses/server/recall.ts';
import { openTestFor } from '#lib/courses/tests/server/taking.ts';
import { listInvitations, type InvitationState } from '#lib/feedback/server/invitation.ts';
import type { Actor } from '#lib/people/actor.ts';
import { plansOfGroup, type Plan } from '#lib/plans/server/plans.ts';
import { phaseOn, type Phase, type Training } from '#lib/trainings/training.ts';
import { openSlotsFor } from '#lib/trainings/server/attendance-lists.ts';
import { ownGroups } from '#lib/trainings/server/groups.ts';
import { nextStep, type Known, type NextStep, type Reading } from './next-step.ts';

/** As much of a plan as a list shows. */
export interface PlanCard {
	readonly id: string;
	readonly strategy: Plan['strategy'];
	readonly state: Plan['state'];
}

export function asCard({ id, strategy, state }: Plan): PlanCard {
	return { id, strategy, state };
}

export interface Participation {
	readonly groupName: string;
	readonly plans: readonly PlanCard[];
	readonly feedback: InvitationState;
	readonly next: NextStep;
	/** Whether questions wait that recall what the training was about. */
	readonly recall: boolean;
	/** Whether a certificate waits to be issued while something else is next. */
	readonly certificate: boolean;
}

/** What to read next, seen from the session; without one, in the whole course. */
export async function readingOf(
	locals: App.Locals,
	actor: Actor,
	phase: Phase = 'after'
): Promise<Reading | null> {
	const { app, course, locale } = locals;
	const progress = await progressOf(app, course, actor.userId);
	const left = nextInPhase(course, progress, phase);
	if (!left) return null;
	const { module, step } = left;
	const before = phase === 'before' ? preworkLeft(course, progress) : null;
	return step.kind === 'lesson'
		? { moduleSlug: module.slug, lessonSlug: step.slug, title: step.title[locale], before }
		: { moduleSlug: module.slug, lessonSlug: null, title: module.title[locale], before };
}

/** What came back with a note goes before what was never handed in. */
function openAmong(plans: readonly PlanCard[]): Known['openPlan'] {
	const returned = plans.find(({ state }) => state === 'returned');
	if (returned) return { id: returned.id, returned: returned.strategy };
	const draft = plans.find(({ state }) => state === 'draft');
	return draft ? { id: draft.id, returned: null } : null;
}

/** Null for whoever is in no team of this training. */
export async function participationIn(
	locals: App.Locals,
	actor: Actor,
	training: Training
): Promise<Participation | null> {
	const { app } = locals;
	const [team] = await ownGroups(app, actor, training.id);
	if (!team) return null;
	const plans = (await plansOfGroup(app, actor, team.id)).map(asCard);
	const invitations = await listInvitations(app, actor);
	const invitation = invitations.find((one) => one.training.id === training.id);
	const today = dayIn(training.zone, app.now());
	const feedback = invitation?.state ?? 'not_yet';
	const phase = phaseOn(training, today);
	const sessions = await openSlotsFor(app.db.read, actor, app.now(), training.id);
	const waits = await certificateWaits(app.db.read, actor, training);
	const next = nextStep({
		trainingId: training.id,
		phase,
		startsOn: training.startsOn,
		endsOn: training.endsOn,
		planDueOn: training.planDueOn,
		today,
		reading: await readingOf(locals, actor, phase),
		openPlan: openAmong(plans),
		feedbackOpen: feedback === 'open',
		openTest: await openTestFor(app.db.read, actor, training, app.now()),
		certificateWaits: waits,
		openSession: sessions.find(({ enteredAt }) => enteredAt === null)?.title ?? null
	});
	const recall = await recallWaits(app, locals.course, actor, training);
	const certificate = waits && next.kind !== 'certificate';
	return { groupName: team.name, plans, feedback, next, recall, certificate };
}
