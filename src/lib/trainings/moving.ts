/**
 * What the days of a training take along when the office moves them: its agenda, the deadline of its
 * plans, the day its feedback opens.
 *
 * Pure rules only: no database, no HTTP, no clock of its own.
 */
import { addDays, daysBetween, type CalendarDay } from '#lib/platform/calendar.ts';
import { defaultPlanDue, type Training } from './training.ts';

type Days = Pick<Training, 'startsOn' | 'endsOn'>;

/** Every session as many whole days later or earlier as the training begins; or each on its own day. */
export const agendaChoices = ['moves', 'stays'] as const;
export type AgendaChoice = (typeof agendaChoices)[number];

/** By how many days it begins later; negative when earlier, 0 when only its end was moved. */
export function daysMoved(from: Pick<Days, 'startsOn'>, to: Pick<Days, 'startsOn'>): number {
	return daysBetween(from.startsOn, to.startsOn);
}

/** Held at another time as a whole: as long as before. */
export function isPostponed(from: Days, to: Days): boolean {
	const days = daysMoved(from, to);
	return days !== 0 && days === daysBetween(from.endsOn, to.endsOn);
}

export function isOutside(day: CalendarDay, { startsOn, endsOn }: Days): boolean {
	return day < startsOn || day > endsOn;
}

type Following = Pick<Training, 'planDueOn' | 'feedbackOpensOn'>;

/**
 * The days that follow from the others, when the office has typed `typed` over `held`. What it typed
 * anew stands. What was left alone goes on following the last day if it did so before; else it moves
 * along when the training is held at another time as a whole, or the agenda moves.
 */
export function followingDays(
	held: Days & Following,
	typed: Days & { readonly [K in keyof Following]: CalendarDay | null },
	choice: AgendaChoice | null
): { [K in keyof Following]: CalendarDay | null } {
	const moves = choice === 'moves' || isPostponed(held, typed);
	const days = moves ? daysMoved(held, typed) : 0;
	const follow = (day: keyof Following, byItself: CalendarDay) => {
		if (typed[day] !== held[day]) return typed[day];
		return held[day] === byItself ? null : addDays(held[day], days);
	};
	return {
		planDueOn: follow('planDueOn', defaultPlanDue(held.endsOn)),
		feedbackOpensOn: follow('feedbackOpensOn', held.endsOn)
	};
}
