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
	let most = MOST_AT_ONCE;
	for (;;) {
		const batch = nextBatch(await outbox.waiting(), most);
		const [first] = batch;
		if (!first) return 'empty';
		const answer = await post(bodyOf(outbox, batch));
		if (!answer) return 'later';
		if (asksToSignIn(answer)) return 'sign in';
		if (isRefusedAsAWhole(answer)) {
			// One that can never be taken must not hold up the others: halves, down to that one.
			most = Math.floor(batch.length / 2);
			if (most > 0) continue;
			const refused = { id: first.id, done: false, sentence: await sentenceOf(answer) } as const;
			await outbox.settle(first, refused);
			most = MOST_AT_ONCE;
			continue;
		}
		const outcomes = answer.ok ? await outcomesOf(answer) : [];
		const settled = batch.filter(({ id }) => outcomes.some((outcome) => outcome.id === id));
		if (settled.length === 0) return 'later';
		for (const operation of settled) {
			const outcome = outcomes.find(({ id }) => id === operation.id);
			if (outcome) await outbox.settle(operation, outcome);
		}
	}
}

const asksToSignIn = ({ type, status }: Response) =>
	type === 'opaqueredirect' || status === 401 || status === 403;

/** Too large, or not to be read: the same request will never be taken. */
const isRefusedAsAWhole = ({ status }: Response) => [400, 413, 422].includes(status);

/** What the server says to the person; empty when something in between refused, which knows no words. */
async function sentenceOf(answer: Response): Promise<string> {
	const said: unknown = await answer.json().catch(() => null);
	const message = said !== null && typeof said === 'object' && 'message' in said && said.message;
	return typeof message === 'string' ? message : '';
}

/** An answer that broke off in the middle says nothing: all of it is sent again. */
async function outcomesOf(answer: Response): Promise<readonly Outcome[]> {
	const said = (await answer.json().catch(() => null)) as { outcomes?: Outcome[] } | null;
	return said?.outcomes ?? [];
}

const bodyOf = ({ person }: Outbox, operations: readonly Operation[]) =>
	JSON.stringify({ person, operations });

/** As many as one request carries; at least one. */
function nextBatch(waiting: readonly Operation[], most: number): Operation[] {
	const batch: Operation[] = [];
	let size = 100;
	for (const operation of waiting.slice(0, most)) {
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
