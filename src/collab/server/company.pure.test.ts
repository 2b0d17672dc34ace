import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Company } from './company.ts';
import type { Visitor } from './presence.ts';
import { Reserved } from './reserved.ts';

const WINDOW_MS = 200;
const person = { id: 'sri', name: 'Sri', role: 'participant', sessionId: 'sri' };
let sri: Visitor;
let awareness: Awareness;
let told: Uint8Array[];
let toldNeighbours: number;
let company: Company;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
	sri = { person, right: 'write', clientId: null };
	awareness = new Awareness(new Y.Doc());
	[told, toldNeighbours] = [[], 0];
	company = new Company({
		windowMs: WINDOW_MS,
		ownerOf: () => undefined,
		reserved: new Reserved(),
		tell: (frame) => told.push(frame),
		tellNeighbours: () => toldNeighbours++
	});
	moveTo('title');
	vi.advanceTimersByTime(0);
	told.length = toldNeighbours = 0;
});
afterEach(() => {
	awareness.destroy();
	vi.useRealTimers();
});

function moveTo(field: string) {
	awareness.setLocalState({ field });
	company.hear(sri, encodeAwarenessUpdate(awareness, [awareness.clientID]));
}

test('[PRS5] a cursor waits for its window when nobody writes', () => {
	moveTo('objective');
	vi.advanceTimersByTime(WINDOW_MS - 1);
	expect(told).toEqual([]);
	vi.advanceTimersByTime(1);
	expect(told).toHaveLength(1);
	expect(company.rideAlong()).toBeNull();
});

test('[PRS5] an edit takes the cursor along after half of the window, once', () => {
	moveTo('objective');
	vi.advanceTimersByTime(WINDOW_MS / 2 - 1);
	expect(company.rideAlong()).toBeNull();
	vi.advanceTimersByTime(1);
	expect(company.rideAlong()).not.toBeNull();
	expect(toldNeighbours).toBe(1);
	expect(company.rideAlong()).toBeNull();
	vi.advanceTimersByTime(2 * WINDOW_MS);
	expect(told).toEqual([]);
});

test('[PRS5] what went along counts: the next one waits again', () => {
	moveTo('objective');
	vi.advanceTimersByTime(WINDOW_MS / 2);
	company.rideAlong();
	moveTo('risk');
	vi.advanceTimersByTime(WINDOW_MS / 2 - 1);
	expect(company.rideAlong()).toBeNull();
	vi.advanceTimersByTime(WINDOW_MS / 2 + 1);
	expect(told).toHaveLength(1);
});
