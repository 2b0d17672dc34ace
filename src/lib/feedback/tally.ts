/**
 * Tallies (rekap): how often each value was chosen. Reports read these and never
 * the single answers, and they move only when five more people have answered, so
 * that looking before and after an answer does not give it away.
 *
 * Pure: no database, no HTTP.
 */
import { SMALLEST_GROUP } from './disclosure.ts';

export interface TallyRow {
	/** An item of the instrument; '' counts the forms themselves. */
	readonly item: string;
	/** '' or what the question is about. */
	readonly subject: string;
	readonly value: number;
	readonly n: number;
}

/** The row that says how many forms a tally was made from. */
export const FORMS = { item: '', subject: '', value: 0 } as const;

/** Ratings of one form, by field name: "D101", "D201.<subject>". */
export type Ratings = Readonly<Record<string, unknown>>;

/** Counts every value of every field, and the forms. In the order of item, subject, value. */
export function tallyOf(forms: readonly Ratings[]): TallyRow[] {
	const counts = new Map<string, { item: string; subject: string; value: number; n: number }>();
	for (const form of forms) {
		for (const [field, answer] of Object.entries(form)) {
			for (const value of valuesIn(answer)) {
				const [item = '', subject = ''] = field.split('.', 2);
				const key = `${field} ${value}`;
				const row = counts.get(key) ?? { item, subject, value, n: 0 };
				row.n++;
				counts.set(key, row);
			}
		}
	}
	const sorted = [...counts.values()].sort(byItem);
	return [{ ...FORMS, n: forms.length }, ...sorted];
}

function valuesIn(answer: unknown): number[] {
	const values: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
	return values.filter((value) => typeof value === 'number');
}

function byItem(a: TallyRow, b: TallyRow): number {
	if (a.item !== b.item) return a.item < b.item ? -1 : 1;
	if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
	return a.value - b.value;
}

/**
 * What is shown from now on. A question that may be left open is answered by fewer than hand in: of
 * each the new counts are shown when five more people have answered it, else those of before stand.
 * Whoever looked then and looks again learns of nobody alone.
 */
export function shownNext(before: readonly TallyRow[], now: readonly TallyRow[]): TallyRow[] {
	const shown = byQuestion(before);
	return [...byQuestion(now)].flatMap(([question, rows]) => {
		const old = shown.get(question) ?? [];
		return peopleIn(rows) - peopleIn(old) >= SMALLEST_GROUP ? rows : old;
	});
}

const byQuestion = (rows: readonly TallyRow[]) =>
	Map.groupBy(rows, ({ item, subject }) => `${item}.${subject}`);

const peopleIn = (rows: readonly TallyRow[]) => rows.reduce((sum, { n }) => sum + n, 0);

/** Whether the forms that wait are enough to be shown: five at once, never one by one. */
export function enoughToShow(forms: number, shown: number): boolean {
	return forms - shown >= SMALLEST_GROUP;
}
