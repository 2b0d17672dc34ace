/**
 * Workplans (rencana kerja): three per village team, one for each strategy, to be carried out
 * within one month.
 *
 * Pure rules only: no database, no HTTP, no clock of its own, so this file runs in the browser, on
 * the server and in a test alike.
 */
import { addMonth, type CalendarDay } from '#lib/platform/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Say } from './kind.ts';

export const strategies = ['layanan_informasi', 'pelibatan_masyarakat', 'advokasi'] as const;
export type Strategy = (typeof strategies)[number];

export const strategyNames = {
	layanan_informasi: m.plans_strategy_layanan_informasi,
	pelibatan_masyarakat: m.plans_strategy_pelibatan_masyarakat,
	advokasi: m.plans_strategy_advokasi
} satisfies Record<Strategy, Say>;

/**
 * `draft`: being written for the first time. `submitted`: handed in, frozen for everybody.
 * `returned`: sent back with a note, open again as the next version.
 */
export type PlanState = 'draft' | 'submitted' | 'returned';

export const stateNames = {
	draft: m.plans_state_draft,
	submitted: m.plans_state_submitted,
	returned: m.plans_state_returned
} satisfies Record<PlanState, Say>;

export interface Standing {
	readonly state: PlanState;
	/** The version that is being written, or that lies with the facilitator. */
	readonly version: number;
}

/**
 * Where a plan stands, from its newest submission and whether that one was sent back: a state is a
 * row with who and when, never a flag.
 */
export function standing(submitted: { version: number; returned: boolean } | null): Standing {
	if (!submitted) return { state: 'draft', version: 1 };
	if (!submitted.returned) return { state: 'submitted', version: submitted.version };
	return { state: 'returned', version: submitted.version + 1 };
}

/**
 * The last day on which a plan handed in on `submittedOn` can be carried out in time.
 *
 * All days are days where the library is, not instants. A team has a whole month from handing in
 * (31 January → 28 February), and never less than the training gives everybody: `planDueOn`, one
 * month after its closing day unless the office moved it.
 */
export function dueDay(submittedOn: CalendarDay, planDueOn: CalendarDay): CalendarDay {
	const wholeMonth = addMonth(submittedOn);
	return wholeMonth > planDueOn ? wholeMonth : planDueOn;
}
