import { randomInt } from 'node:crypto';

export type Shuffle = <T>(things: readonly T[]) => T[];

/** A new list in an order that nobody can foresee (Fisher–Yates with the system's randomness). */
export const shuffled: Shuffle = (things) => {
	const mixed = [...things];
	for (let last = mixed.length - 1; last > 0; last--) {
		const other = randomInt(last + 1);
		const held = mixed[last] as (typeof mixed)[number]; // both places lie inside the list
		mixed[last] = mixed[other] as (typeof mixed)[number];
		mixed[other] = held;
	}
	return mixed;
};
