/** What waits for the log: edits of sockets, and answers that may not be given before it has them. */
import type { Peer } from './peer.ts';
import type { Stored } from './relay.ts';
import type { Framed } from './stored-bytes.ts';

export interface Addition extends Framed {
	readonly userId: string;
	/** Client numbers that nobody has written under before. */
	readonly newClients: readonly number[];
}

/** Something a socket waits for; without an addition when that is on its way already. */
export interface Queued extends Stored<Peer> {
	readonly addition: Addition | null;
}

/** Everything of one document that was stored together. */
export interface OwnWindow {
	readonly queue: readonly Queued[];
	readonly additions: readonly Addition[];
	/** The number of its first addition in the log; of the one that would come when it has none. */
	readonly first: number;
}

export const lastOf = ({ first, additions }: OwnWindow): number => first + additions.length - 1;

export function additionsOf(queue: readonly Queued[]): Addition[] {
	const additions: Addition[] = [];
	for (const { addition } of queue) if (addition) additions.push(addition);
	return additions;
}
