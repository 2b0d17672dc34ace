import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownNext, tallyOf, type TallyRow } from './tally.ts';

const optional = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const form = fc
	.record({ a: optional, b: optional })
	.map(({ a, b }) => ({ D101: 3, ...(a && { D107: a }), ...(b && { 'D201.yusuf': b }) }));

const peopleOf = (rows: readonly TallyRow[], item: string) =>
	rows.filter((row) => row.item === item).reduce((sum, { n }) => sum + n, 0);

describe('what is shown', () => {
	test('of any question moves by five people or more, or not at all', () => {
		const handIns = fc.array(fc.array(form, { minLength: 5, maxLength: 9 }), { maxLength: 6 });
		fc.assert(
			fc.property(handIns, (batches) => {
				let forms: Record<string, number>[] = [];
				let shown: TallyRow[] = [];
				for (const batch of batches) {
					forms = [...forms, ...batch];
					const now = tallyOf(forms);
					const next = shownNext(shown, now);
					for (const item of ['D101', 'D107', 'D201']) {
						const more = peopleOf(next, item) - peopleOf(shown, item);
						const waiting = peopleOf(now, item) - peopleOf(next, item);
						expect(more === 0 || more >= 5, `${item}: ${more}`).toBe(true);
						expect(waiting).toBeLessThan(5);
					}
					shown = next;
				}
			})
		);
	});
});
