/** The one thing a participant does next, from what the rooms know about them. */
import type { TestPhase } from '#lib/courses/tests/test.ts';
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import type { Strategy } from '#lib/plans/plan.ts';
import type { Phase } from '#lib/trainings/training.ts';

export interface Reading {
	readonly moduleSlug: string;
	/** Null: the lessons are read, the quiz is left. */
	readonly lessonSlug: string | null;
	readonly title: string;
	/** What is left to read before the session, this lesson included; `null` once the session has begun. */
	readonly before: { readonly lessons: number; readonly minutes: number } | null;
}

export type NextStep =
	| ({ readonly kind: 'read'; readonly until: CalendarDay | null } & Reading)
	| {
			readonly kind: 'plan';
			readonly planId: string;
			/** The plan that came back with a note; `null` while nothing has. */
			readonly returned: Strategy | null;
			readonly until: CalendarDay | null;
			/** After the session: `until` is then the day up to which plans are carried out. */
			readonly late: boolean;
	  }
	| { readonly kind: 'test'; readonly trainingId: string; readonly phase: TestPhase }
	| { readonly kind: 'attend'; readonly title: string }
	| { readonly kind: 'feedback'; readonly trainingId: string }
	| { readonly kind: 'certificate'; readonly trainingId: string }
	| { readonly kind: 'carry out'; readonly until: CalendarDay }
	| { readonly kind: 'wait'; readonly startsOn: CalendarDay }
	| { readonly kind: 'rest' };

export interface Known {
	readonly trainingId: string;
	readonly phase: Phase;
	readonly startsOn: CalendarDay;
	readonly endsOn: CalendarDay;
	readonly planDueOn: CalendarDay;
	readonly today: CalendarDay;
	/** What is left to read, if anything. */
	readonly reading: Reading | null;
	/** The plan of the team that is to be worked on first: what came back, then what is not submitted yet. */
	readonly openPlan: { readonly id: string; readonly returned: Strategy | null } | null;
	readonly feedbackOpen: boolean;
	/** The test that is open and that this person has not handed in. */
	readonly openTest: TestPhase | null;
	/** The session whose attendance is being taken and in which this person is not entered. */
	readonly openSession: string | null;
	/** Complete, and nobody has issued the certificate yet. */
	readonly certificateWaits: boolean;
}

const steps = {
	before: (known) => read(known) ?? { kind: 'wait', startsOn: known.startsOn },
	during: (known) =>
		plan(known) ?? feedback(known) ?? certificate(known) ?? read(known) ?? carryOut(known),
	after: (known) =>
		plan(known) ?? feedback(known) ?? certificate(known) ?? carryOut(known) ?? read(known)
} satisfies Record<Phase, (known: Known) => NextStep | null>;

export function nextStep(known: Known): NextStep {
	return attend(known) ?? test(known) ?? steps[known.phase](known) ?? { kind: 'rest' };
}

/** The room waits for it, for a minute. */
function attend({ openSession }: Known): NextStep | null {
	return openSession === null ? null : { kind: 'attend', title: openSession };
}

/** The room waits for it. */
function test({ openTest, trainingId }: Known): NextStep | null {
	return openTest && { kind: 'test', trainingId, phase: openTest };
}

function read(known: Known): NextStep | null {
	return known.reading && { kind: 'read', until: lastDay(known), ...known.reading };
}

function plan(known: Known): NextStep | null {
	const { openPlan, phase } = known;
	if (openPlan === null) return null;
	const { id: planId, returned } = openPlan;
	return { kind: 'plan', planId, returned, until: lastDay(known), late: phase === 'after' };
}

/** The last day of the phase that it is; `null` when nothing waits any more. */
function lastDay({ phase, startsOn, endsOn, planDueOn, today }: Known): CalendarDay | null {
	const last = { before: addDays(startsOn, -1), during: endsOn, after: planDueOn }[phase];
	return today <= last ? last : null;
}

function feedback({ feedbackOpen, trainingId }: Known): NextStep | null {
	return feedbackOpen ? { kind: 'feedback', trainingId } : null;
}

function certificate({ certificateWaits, trainingId }: Known): NextStep | null {
	return certificateWaits ? { kind: 'certificate', trainingId } : null;
}

function carryOut({ today, planDueOn }: Known): NextStep | null {
	return today <= planDueOn ? { kind: 'carry out', until: planDueOn } : null;
}
