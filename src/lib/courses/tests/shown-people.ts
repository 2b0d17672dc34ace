/**
 * Whose tests the figures of a class may speak of.
 *
 * Somebody could close a test, look, open it again for one more person, close it and look once more:
 * the difference would be that person's answers. Pure.
 */
import { FEWEST_PEOPLE } from '../few-people.ts';

export interface HandIn {
	readonly userId: string;
	readonly handedInAt: Date;
}

/**
 * Everybody of the first closing, when they are five or more; of those who came after it whole groups
 * of five, in the order in which they handed in. `firstClosedAt` is null for a test that ended with its
 * days: nobody can open that again. A person may be named more than once.
 */
export function shownPeople(
	handIns: readonly HandIn[],
	firstClosedAt: Date | null
): ReadonlySet<string> {
	const people = new Map(handIns.map((handIn) => [handIn.userId, handIn]));
	const inOrder = [...people.values()].toSorted(
		(one, other) =>
			one.handedInAt.getTime() - other.handedInAt.getTime() || (one.userId < other.userId ? -1 : 1)
	);
	const inTime = inOrder.filter(({ handedInAt }) => !firstClosedAt || handedInAt <= firstClosedAt);
	const together = inTime.length < FEWEST_PEOPLE ? 0 : inTime.length;
	const groups = Math.floor((inOrder.length - together) / FEWEST_PEOPLE);
	return new Set(inOrder.slice(0, together + groups * FEWEST_PEOPLE).map(({ userId }) => userId));
}
