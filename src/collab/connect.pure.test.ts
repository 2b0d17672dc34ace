/** How often a phone comes again: a line of which the test says what comes over it, and a clock that is turned. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { closeCode, messageType, STEP_2_BYTES, syncStep } from './codes.ts';
import { connect, type Connection } from './connect.ts';
import type { SocketClass } from './counted-socket.ts';

const SECOND = 1000;

let connection: Connection | null = null;
/** Each its own: phones with the same document in one browser tell each other what they have. */
let documents = 0;
/** Bytes of the longest message that the phone has sent. */
let longestSent = 0;

beforeEach(() => {
	vi.useFakeTimers({
		toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date']
	});
	// Anywhere up to a bound: here always the bound.
	vi.spyOn(Math, 'random').mockReturnValue(1);
});

afterEach(() => {
	connection?.destroy();
	vi.useRealTimers();
	vi.restoreAllMocks();
});

type Say = (...bytes: number[]) => void;
/** What the server says when the phone comes for the n-th time, and why it closes the socket then. */
type Talk = (say: Say, nth: number) => string;

/** At which moments the phone came, within five minutes. */
async function comingsTo(talk: Talk, doc = new Y.Doc()): Promise<number[]> {
	const cameAt: number[] = [];
	longestSent = 0;
	class Line {
		onopen?: () => void;
		onmessage?: (event: { data: ArrayBuffer }) => void;
		onclose?: (event: { code: number; reason: string }) => void;

		constructor() {
			const nth = cameAt.push(Date.now());
			setTimeout(() => this.#talk(nth));
		}

		send(data: Uint8Array): void {
			longestSent = Math.max(longestSent, data.length);
		}
		close(): void {}

		#talk(nth: number): void {
			this.onopen?.();
			const say: Say = (...bytes) => this.onmessage?.({ data: Uint8Array.from(bytes).buffer });
			this.onclose?.({ code: closeCode.tryAgain, reason: talk(say, nth) });
		}
	}
	connection = connect({
		...{ documentId: `plan-${++documents}`, userId: 'sri', epoch: 1, schema: 1, doc },
		serverUrl: 'ws://rembuk.test/sync',
		// As much of a browser's socket as y-websocket uses.
		Socket: Line as unknown as SocketClass
	});
	await vi.advanceTimersByTimeAsync(300 * SECOND);
	return cameAt;
}

const askForAll: readonly number[] = [messageType.sync, syncStep.step1, 1, 0];
const nothingMore: readonly number[] = [messageType.sync, syncStep.step2, 2, 0, 0];

/** How many seconds it waited each time, when it is let in, and all it brings is stored or not. */
async function waitsFor(isStored: boolean, reason: string): Promise<number[]> {
	const cameAt = await comingsTo((say) => {
		say(...askForAll);
		say(...nothingMore);
		if (isStored) say(messageType.acknowledgement, 1);
		return reason;
	});
	return cameAt.slice(1).map((at, n) => Math.floor((at - (cameAt[n] ?? 0)) / SECOND));
}

test('[CLI3] it waits longer each time, also when it is let in, as long as nothing is saved', async () => {
	const waits = await waitsFor(false, 'document_busy');
	expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('[CLI3] once everything was saved it begins anew', async () => {
	const waits = await waitsFor(true, 'document_busy');
	expect(waits.length).toBeGreaterThan(200);
	expect(new Set(waits)).toEqual(new Set([1]));
});

test('[CLI5] it never waits longer than ten seconds for a server that cannot store', async () => {
	const waits = await waitsFor(false, 'not_now');
	expect(waits.slice(0, 6)).toEqual([1, 2, 4, 8, 10, 10]);
	expect(connection?.now.state).toBe('unstored');
});

test('[WIRE5] half a message that was cut off is not put together with the next one', async () => {
	const written = new Y.Doc();
	written.getText('title').insert(0, 'utuh');
	const update = Y.encodeStateAsUpdate(written);
	const message = [messageType.sync, syncStep.update, update.length, ...update];
	const half = message.slice(0, 9);
	const rest = message.slice(9);
	const doc = new Y.Doc();
	await comingsTo((say, nth) => {
		if (nth <= 2) say(messageType.part, 0, half.length, ...half);
		if (nth === 2) say(messageType.part, 1, rest.length, ...rest);
		return 'document_busy';
	}, doc);
	expect(doc.getText('title').toString()).toBe('utuh');
});

test('[CLI4] what is too large for a step 2 is never sent: the phone says so, keeps it and asks no more', async () => {
	const doc = new Y.Doc();
	doc.getText('title').insert(0, 'x'.repeat(STEP_2_BYTES));
	const cameAt = await comingsTo((say) => {
		say(...askForAll);
		return 'document_busy';
	}, doc);
	expect(cameAt).toHaveLength(1);
	expect(connection?.now).toMatchObject({ state: 'refused', reason: 'large' });
	expect(longestSent).toBeLessThan(STEP_2_BYTES);
	expect(doc.getText('title').length).toBe(STEP_2_BYTES);
});
