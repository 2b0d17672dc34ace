/**
 * The median: one slow round does not speak for all.
 *
 * @param {readonly number[]} values
 * @returns {number | null} null when there are none
 */
export function middle(values) {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;
}
