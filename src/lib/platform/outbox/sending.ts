/** Sends what waits in a queue: a few at a time, one tab at a time, as often as it takes. */
import { LONGEST_REQUEST, MOST_AT_ONCE, type Operation, type Outcome } from '../operations.ts';
import type { Outbox } from './outbox.ts';

/** Why it stopped: nothing left, no network or a server in trouble, or the person has to sign in. */
export type End = 'empty' | 'later' | 'sign in';

/** Hands over one request; null: nobody answered. */
export type Post = (body: string) => Promise<Response | null>;

/**
 * Sends until nothing waits. Two tabs never send at once where the browser has locks; where it has
 * none, the server still carries out each operation once.
 */
export async function sendWaiting(outbox: Outbox, post: Post): Promise<End> {
	const work = () => sendAll(outbox, post);
	if (!('locks' in navigator)) return work();
	return navigator.locks.request(`rembuk:${outbox.person}:kiriman`, work);
}

async function sendAll(outbox: Outbox, post: Post): Promise<End> {
	for (;;) {
		const batch = nextBatch(await outbox.waiting());
		if (batch.length === 0) return 'empty';
		const answer = await post(bodyOf(outbox, batch));
		if (answer?.type === 'opaqueredirect' || answer?.status === 401 || answer?.status === 403) {
			return 'sign in';
		}
		if (!answer?.ok) return 'later';
		const { outcomes } = (await answer.json()) as { outcomes: Outcome[] };
		for (const operation of batch) {
			const outcome = outcomes.find(({ id }) => id === operation.id);
			if (outcome) await outbox.settle(operation, outcome);
		}
	}
}

const bodyOf = ({ person }: Outbox, operations: readonly Operation[]) =>
	JSON.stringify({ person, operations });

/** As many as one request carries; at least one. */
function nextBatch(waiting: readonly Operation[]): Operation[] {
	const batch: Operation[] = [];
	let size = 100;
	for (const operation of waiting.slice(0, MOST_AT_ONCE)) {
		size += JSON.stringify(operation).length + 1;
		if (batch.length > 0 && size > LONGEST_REQUEST) break;
		batch.push(operation);
	}
	return batch;
}

const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Full jitter: after a restart of the server a thousand phones do not come back in step. */
export function waitMs(attempt: number, random = Math.random): number {
	return SHORTEST_MS + random() * Math.min(LONGEST_MS, SHORTEST_MS * 2 ** attempt);
}
