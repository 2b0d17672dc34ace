/** What a participant needs to see of one training: gathered from the rooms, decided by none of them. */
import { dayIn } from '#lib/platform/calendar.ts';
import { nextInCourse } from '#lib/courses/progress.ts';
import { progressOf } from '#lib/courses/server/progress.ts';
import { listInvitations, type InvitationState } from '#lib/feedback/server/invitation.ts';
import type { Actor } from '#lib/people/actor.ts';
import { plansOfGroup, type Plan } from '#lib/plans/server/plans.ts';
import { phaseOn, type Training } from '#lib/trainings/training.ts';
import { ownGroups } from '#lib/trainings/server/groups.ts';
import { nextStep, type NextStep, type Reading } from './next-step.ts';

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
}

/** What is left to read in the whole course, if anything. */
export async function readingOf(locals: App.Locals, actor: Actor): Promise<Reading | null> {
	const { app, course, locale } = locals;
	const left = nextInCourse(course, await progressOf(app, course, actor.userId));
	if (!left) return null;
	const { module, step } = left;
	return step.kind === 'lesson'
		? { moduleSlug: module.slug, lessonSlug: step.slug, title: step.title[locale] }
		: { moduleSlug: module.slug, lessonSlug: null, title: module.title[locale] };
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
	const next = nextStep({
		trainingId: training.id,
		phase: phaseOn(training, today),
		startsOn: training.startsOn,
		planDueOn: training.planDueOn,
		today,
		reading: await readingOf(locals, actor),
		openPlanId: plans.find(({ state }) => state !== 'submitted')?.id ?? null,
		feedbackOpen: feedback === 'open'
	});
	return { groupName: team.name, plans, feedback, next };
}
