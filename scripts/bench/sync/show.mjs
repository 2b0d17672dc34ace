/** What was found, on the screen. */

/** @typedef {Record<string, Record<string, string>>} Table */

/** @param {import('./bench.mjs').Results} results */
export function showResults({ deliveries, memory, opening, storm, kills, attacks }) {
	if (deliveries) {
		show(
			'CPU ms of the server per 1,000 deliveries',
			byRow(deliveries, ({ cpuMs }) => number(cpuMs))
		);
		show(
			'From one phone to another, p50 / p99 ms',
			byRow(deliveries, ({ p50Ms, p99Ms }) => `${number(p50Ms)} / ${number(p99Ms)}`)
		);
		show(
			'Until the author is told, p50 / p99 ms (only rembuk says "on disk")',
			byRow(deliveries, ({ toldP50Ms, toldP99Ms }) =>
				toldP50Ms === null ? '–' : `${number(toldP50Ms)} / ${number(toldP99Ms)}`
			)
		);
		show(
			'Deliveries that never came',
			byRow(deliveries, ({ missing }) => String(missing))
		);
	}
	if (memory) show('Memory, kB', asRows(memory));
	if (opening) show('A document of 260,000 operations', asRows(opening));
	if (storm) show('1,000 phones after a restart', asRows(storm));
	if (kills) show('kill -9 while twelve people type', asRows(kills));
	for (const [attack, endured] of Object.entries(attacks ?? {})) {
		show(`A hostile phone: ${attack}`, asRows(endured));
	}
}

/** @param {readonly import('./targets.mjs').Target[]} targets */
export function showTargets(targets) {
	const rows = targets.map(({ what, measured, atMost, unit, met }) => [
		what,
		{
			measured: `${number(measured)} ${unit}`.trim(),
			target: `≤ ${atMost} ${unit}`.trim(),
			met: met ? 'yes' : 'NO'
		}
	]);
	show('Targets (ratios of this run)', Object.fromEntries(rows));
}

/**
 * @template Cell
 * @param {Record<string, Record<string, Cell>>} results
 * @param {(cell: Cell) => string} say
 * @returns {Table}
 */
function byRow(results, say) {
	return Object.fromEntries(
		Object.entries(results).map(([row, cells]) => [
			row,
			Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, say(cell)]))
		])
	);
}

/**
 * @param {Record<string, Record<string, number | null>>} results
 * @returns {Table}
 */
function asRows(results) {
	return byRow(results, number);
}

/**
 * @param {string} title
 * @param {Table} table
 */
function show(title, table) {
	console.log(`\n${title}`);
	console.table(table);
}

/** @param {number | null | undefined} value */
function number(value) {
	if (value == null) return '–';
	if (!Number.isFinite(value)) return 'never';
	return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
