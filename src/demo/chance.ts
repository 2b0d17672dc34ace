/** A die that falls the same way at every start, so that everybody sees the same demo. */
export interface Die {
	/** From 0 up to, but not including, 1. */
	roll(): number;
	pick<T>(from: readonly T[]): T;
}

/** Mulberry32: even enough for invented answers, and nothing else. */
export function newDie(seed: number): Die {
	let state = seed >>> 0;
	const roll = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		roll,
		pick(from) {
			const picked = from[Math.floor(roll() * from.length)];
			if (picked === undefined) throw new Error('nothing to pick from');
			return picked;
		}
	};
}
