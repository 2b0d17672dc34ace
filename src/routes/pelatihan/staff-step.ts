/** The one thing a training waits for from those who run it, until it has ended. */
import type { Phase } from '#lib/trainings/training.ts';

export type StaffStep = 'assign' | 'agenda' | 'door' | 'pre' | 'post';

export interface KnownToStaff {
	readonly phase: Phase;
	readonly isLastDay: boolean;
	/** What this person may do: change the training, let people in, open tests. */
	readonly may: { readonly manage: boolean; readonly run: boolean; readonly test: boolean };
	readonly facilitators: number;
	readonly sessions: number;
	/** Who takes part or waits to be let in. */
	readonly people: number;
	/** Whether each test was ever opened. */
	readonly opened: { readonly pre: boolean; readonly post: boolean };
}

export function staffStep(known: KnownToStaff): StaffStep | null {
	const { phase, isLastDay, may, facilitators, sessions, people, opened } = known;
	if (phase === 'after') return null;
	if (may.manage && facilitators === 0) return 'assign';
	if (may.manage && sessions === 0) return 'agenda';
	if (people === 0) return may.run ? 'door' : null;
	if (phase === 'before' || !may.test) return null;
	if (!opened.pre && !opened.post) return 'pre';
	return isLastDay && !opened.post ? 'post' : null;
}
