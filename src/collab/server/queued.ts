/** What waits for the log: edits of sockets, and answers that may not be given before it has them. */
import type { Peer } from './peer.ts';
import type { UpdateFacts } from './update-walk.ts';

export interface Addition {
	readonly update: Uint8Array;
	readonly facts: UpdateFacts;
	/** Client numbers that nobody has written under before. */
	readonly newClients: readonly number[];
}

/** Something a socket waits for; without an addition when that is on its way already. */
export interface Queued {
	readonly peer: Peer;
	/** How many of the socket's messages this answers. */
	readonly answers: number;
	readonly addition: Addition | null;
}

/** Everything of one document that was stored together. */
export interface OwnWindow {
	readonly queue: readonly Queued[];
	readonly additions: readonly (Addition & { readonly userId: string })[];
	/** The number of its first addition in the log; of the one that would come when it has none. */
	readonly first: number;
}

export const lastOf = ({ first, additions }: OwnWindow): number => first + additions.length - 1;

export const additionsOf = (queue: readonly Queued[]): OwnWindow['additions'] =>
	queue.flatMap(({ peer, addition }) =>
		addition ? [{ ...addition, userId: peer.person.id }] : []
	);
