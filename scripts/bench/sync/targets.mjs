/**
 * What was promised, as ratios in one run, and whether it was kept.
 *
 * @typedef {object} Target
 * @property {string} what
 * @property {number} measured
 * @property {number} atMost
 * @property {string} unit empty for a ratio
 * @property {boolean} met
 */

/** The loads in which windows batch: there we want to be cheaper than a bare relay. */
const BATCHING = ['4 × 50, 800/s'];

/**
 * @param {import('./bench.mjs').Results} results
 * @returns {Target[]}
 */
export function judgeTargets(results) {
	return [
		...deliveries(results.deliveries ?? {}),
		...memory(results.memory),
		...opening(results.opening),
		...restarts(results),
		...attacks(results.attacks ?? {})
	].map(({ unit = '', ...target }) => ({
		...target,
		unit,
		met: Number.isFinite(target.measured) && target.measured <= target.atMost
	}));
}

/** @typedef {{ what: string, measured: number, atMost: number, unit?: string }} Promised */

/**
 * @param {NonNullable<import('./bench.mjs').Results['deliveries']>} loads
 * @returns {Promised[]}
 */
function deliveries(loads) {
	/** @type {Promised[]} */
	const promised = [];
	/** @param {string} load @param {string} peer @param {number} atMost */
	const cpu = (load, peer, atMost) => {
		const ours = loads[load]?.rembuk?.cpuMs;
		const theirs = loads[load]?.[peer]?.cpuMs;
		if (ours === undefined || theirs === undefined) return;
		promised.push({
			what: `CPU per delivery, ${load}, of ${peer}`,
			measured: ours / theirs,
			atMost
		});
	};
	cpu('50 × 10, 2,000/s', 'hocuspocus', 0.6);
	cpu('4 × 50, 800/s', 'hocuspocus', 0.4);
	cpu('50 × 10, 500/s, cursors', 'hocuspocus', 0.5);
	for (const load of Object.keys(loads)) {
		if (!load.includes('quiet')) cpu(load, 'relay', BATCHING.includes(load) ? 1 : 1.2);
	}
	/** @param {string} what @param {number | null | undefined} measured @param {number} atMost */
	const ms = (what, measured, atMost) => {
		if (measured != null) promised.push({ what, measured, atMost, unit: 'ms' });
	};
	const busy = loads['50 × 10, 2,000/s']?.rembuk;
	ms('propagation p50, 50 × 10, 2,000/s', busy?.p50Ms, 15);
	ms('propagation p99, 50 × 10, 2,000/s', busy?.p99Ms, 30);
	ms('acknowledgement p99, 50 × 10, 2,000/s', busy?.toldP99Ms, 40);
	ms('propagation p50, a quiet document', loads['1 × 2, 1/s (quiet)']?.rembuk?.p50Ms, 3);
	return promised;
}

/**
 * @param {import('./bench.mjs').Results['memory']} kept
 * @returns {Promised[]}
 */
function memory(kept) {
	const [ours, theirs] = [kept?.rembuk, kept?.hocuspocus];
	if (!ours || !theirs) return [];
	const { socketKb, documentKb } = theirs;
	return [
		{
			what: 'memory per idle socket, of hocuspocus',
			measured: ours.socketKb / socketKb,
			atMost: 0.5
		},
		{
			what: 'memory per open document, of hocuspocus',
			measured: ours.documentKb / documentKb,
			atMost: 0.4
		}
	];
}

/**
 * @param {import('./bench.mjs').Results['opening']} opened
 * @returns {Promised[]}
 */
function opening(opened) {
	const [ours, theirs] = [opened?.rembuk, opened?.hocuspocus];
	if (!ours || !theirs) return [];
	return [
		{
			what: 'CPU to open the long document in memory, of hocuspocus',
			measured: ours.inMemoryMs / theirs.inMemoryMs,
			atMost: 0.1
		},
		{
			what: 'CPU to open the long document from the disk, of hocuspocus',
			measured: (ours.coldMs ?? Infinity) / (theirs.coldMs ?? NaN),
			atMost: 0.5
		}
	];
}

/**
 * @param {import('./bench.mjs').Results} results
 * @returns {Promised[]}
 */
function restarts({ storm, kills }) {
	/** @type {Promised[]} */
	const promised = [];
	const back = storm?.rembuk;
	if (back) {
		promised.push(
			{
				what: '1,000 phones back after a restart',
				measured: back.longestMs / 1000,
				atMost: 60,
				unit: 's'
			},
			{
				what: 'phones cut again after they were back',
				measured: back.cutAgain,
				atMost: 0,
				unit: 'phones'
			}
		);
	}
	const killed = kills?.rembuk;
	if (killed) {
		promised.push({
			what: `acknowledged edits lost at kill -9, of ${killed.told}`,
			measured: killed.lost,
			atMost: 0,
			unit: 'edits'
		});
	}
	return promised;
}

/**
 * @param {NonNullable<import('./bench.mjs').Results['attacks']>} endured
 * @returns {Promised[]}
 */
function attacks(endured) {
	return Object.entries(endured).flatMap(([attack, { rembuk }]) =>
		rembuk
			? [
					{
						what: `honest pair beside ${attack}, p99`,
						measured: rembuk.p99Ms,
						atMost: 500,
						unit: 'ms'
					}
				]
			: []
	);
}
