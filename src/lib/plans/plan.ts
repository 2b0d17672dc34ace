/**
 * Workplans (rencana kerja): three per group, to be carried out within one month.
 *
 * Pure rules only: no database, no HTTP, no clock of its own, so this file runs
 * in the browser, in the sync server and in a test alike.
 */
export const strategies = ['layanan_informasi', 'pelibatan_masyarakat', 'advokasi'] as const;
export type Strategy = (typeof strategies)[number];

/** `returned` is a draft again, with a note to read. */
export const planStates = ['draft', 'submitted', 'returned'] as const;
export type PlanState = (typeof planStates)[number];

/** The rows that make a state: what was handed in, and what was sent back. */
export interface PlanHistory {
	readonly submissions: readonly { readonly version: number }[];
	readonly returns: readonly { readonly version: number }[];
}

const newest = (rows: readonly { readonly version: number }[]) =>
	rows.reduce((highest, row) => Math.max(highest, row.version), 0);

/** A state is never stored: it follows from the rows. */
export function stateOf({ submissions, returns }: PlanHistory): PlanState {
	const submitted = newest(submissions);
	if (submitted === 0) return 'draft';
	return newest(returns) >= submitted ? 'returned' : 'submitted';
}

/** The version that is being written, or that was handed in last. */
export function versionOf(history: PlanHistory): number {
	const submitted = newest(history.submissions);
	return stateOf(history) === 'submitted' ? submitted : submitted + 1;
}
