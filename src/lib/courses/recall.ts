/**
 * Questions some days after the training (ingat lagi): what is recalled once it
 * has begun to fade stays longer. Three to five of them, on the lessons somebody
 * was unsure about; explained at once, no marks, and no more once they were right
 * twice.
 *
 * Pure: no database, no HTTP, no clock of its own.
 */
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import type { CourseItem } from './course.ts';

/** Days after the end of the training. */
export const RECALL_DAYS = [2, 7, 21] as const;
export type RecallDay = (typeof RECALL_DAYS)[number];

/** The last questions can be answered for this many days. */
const OPEN_DAYS_AFTER_LAST = 30;

const SIZE = { fewest: 3, most: 5 };

/** An item that was right in this many rounds is not asked again. */
const RIGHT_OFTEN_ENOUGH = 2;

export type RecallState =
	| { readonly kind: 'not yet'; readonly from: CalendarDay }
	| { readonly kind: 'open'; readonly day: RecallDay; readonly next: CalendarDay | null }
	| { readonly kind: 'over' };

/** Which round it is on a day of the training's own calendar: each is open until the next. */
export function recallOn(endsOn: CalendarDay, today: CalendarDay): RecallState {
	const [first] = RECALL_DAYS;
	if (today < addDays(endsOn, first)) return { kind: 'not yet', from: addDays(endsOn, first) };
	const last = RECALL_DAYS[RECALL_DAYS.length - 1] ?? first;
	if (today > addDays(endsOn, last + OPEN_DAYS_AFTER_LAST)) return { kind: 'over' };
	const day = RECALL_DAYS.findLast((days) => addDays(endsOn, days) <= today) ?? first;
	const next = RECALL_DAYS.find((days) => days > day);
	return { kind: 'open', day, next: next === undefined ? null : addDays(endsOn, next) };
}

/** What is known about somebody from before the round began. */
export interface Known {
	/** Lesson key → whether its question in the pre-test and the post-test was right. */
	readonly before: ReadonlyMap<string, boolean>;
	readonly after: ReadonlyMap<string, boolean>;
	/** What was answered at the end of lessons and in earlier rounds, in that order. */
	readonly practised: readonly {
		readonly itemId: string;
		readonly right: boolean;
		/** The round like this one in which it was answered; null at the end of a lesson. */
		readonly round: string | null;
	}[];
}

/**
 * The items of a round; empty when there is nothing left to ask. The same as long
 * as the same is known, so that a page that is loaded again asks the same.
 */
export function itemsToRecall(items: readonly CourseItem[], known: Known): CourseItem[] {
	const open = items.filter((item) => !isLearnt(item, known));
	const lessons = [...new Set(open.map(({ objective }) => objective))];
	const ranked = lessons
		.map((objective, at) => ({ objective, doubt: doubtAbout(objective, open, known), at }))
		.toSorted((one, other) => other.doubt - one.doubt || one.at - other.at);
	const unsure = ranked.filter(({ doubt }) => doubt > 0).length;
	const size = Math.min(SIZE.most, Math.max(SIZE.fewest, unsure));
	return ranked.slice(0, size).flatMap(({ objective }) => {
		const own = open.filter((item) => item.objective === objective);
		return bestOf(own, known) ?? [];
	});
}

/** Twice in one round is once: what counts is that it was still there days later. */
function isLearnt({ id }: CourseItem, { practised }: Known): boolean {
	const right = practised.filter((answer) => answer.itemId === id && answer.right && answer.round);
	return new Set(right.map(({ round }) => round)).size >= RIGHT_OFTEN_ENOUGH;
}

/** 0 when nothing speaks for it: the lesson is asked about only to fill up. */
function doubtAbout(objective: string, items: readonly CourseItem[], known: Known): number {
	const last = known.practised.findLast(({ itemId }) =>
		items.some((item) => item.id === itemId && item.objective === objective)
	);
	if (last?.round && !last.right) return 4;
	const after = known.after.get(objective);
	if (after === false) return 3;
	if (after === undefined && known.before.get(objective) === false) return 2;
	return last && !last.right ? 1 : 0;
}

/** One that was asked before and is not settled, then a scenario, then any. */
function bestOf(items: readonly CourseItem[], { practised }: Known): CourseItem | undefined {
	const asked = new Set(practised.filter(({ round }) => round).map(({ itemId }) => itemId));
	return (
		items.find(({ id }) => asked.has(id)) ??
		items.find(({ kind }) => kind === 'scenario') ??
		items[0]
	);
}
