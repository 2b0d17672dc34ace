/**
 * Completing a training (menyelesaikan pelatihan): what is asked for, what of it
 * is met, what is still missing.
 *
 * Pure: no database, no clock. Once complete, complete: that is the server's to
 * keep.
 */
import type { Hours } from '#lib/trainings/attendance.ts';
import { testPhases, type TestPhase } from '../tests/test.ts';

/** What a training asks for. */
export interface Terms {
	/** Of the training hours (JP), 0 to 100; 0: attendance is not asked for. */
	readonly attendancePercent: number;
	readonly preTest: boolean;
	readonly postTest: boolean;
}

/** What the programme proposes; each office may set its own. */
export const PROPOSED_TERMS: Terms = { attendancePercent: 80, preTest: true, postTest: true };

/** What is known of one person. */
export interface Facts {
	readonly hours: Hours;
	/** Which tests count as handed in. */
	readonly handedIn: Readonly<Record<TestPhase, boolean>>;
}

export type Condition =
	| {
			readonly kind: 'attendance';
			readonly met: boolean;
			readonly percent: number;
			/** In training hours. */
			readonly attended: number;
			readonly needed: number;
			readonly total: number;
	  }
	| { readonly kind: TestPhase; readonly met: boolean };

/** Everything that is asked for, met or not. An agenda without hours has not been attended by anybody. */
export function conditionsOf(terms: Terms, { hours, handedIn }: Facts): Condition[] {
	const { attendancePercent: percent } = terms;
	const needed = Math.ceil((hours.total * percent) / 100);
	const attendance: Condition = {
		kind: 'attendance',
		met: hours.total > 0 && hours.attended >= needed,
		percent,
		...hours,
		needed
	};
	const asked = { pre: terms.preTest, post: terms.postTest };
	return [
		...(percent > 0 ? [attendance] : []),
		...testPhases
			.filter((phase) => asked[phase])
			.map((phase): Condition => ({ kind: phase, met: handedIn[phase] }))
	];
}

export const areMet = (conditions: readonly Condition[]): boolean =>
	conditions.every(({ met }) => met);
