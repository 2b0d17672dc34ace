import { beforeEach, describe, expect, test } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Right } from './admission.ts';
import { colourOf, Presence, type Visitor } from './presence.ts';
import { Reserved } from './reserved.ts';

let presence: Presence;
beforeEach(() => {
	presence = new Presence();
});

function visitor(id: string, right: Right = 'write'): Visitor {
	const person = { id, name: id.toUpperCase(), role: 'participant', sessionId: id };
	return { person, right, clientId: null };
}

function phone(clientId: number, state: Record<string, unknown>): Awareness {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	const awareness = new Awareness(doc);
	awareness.setLocalState(state);
	awareness.destroy();
	awareness.setLocalState(state);
	return awareness;
}

const said = (awareness: Awareness, ids = [awareness.clientID]) =>
	encodeAwarenessUpdate(awareness, ids);

const nobodyElse = () => undefined;

/** What a newcomer sees. */
function seen(update = presence.everybody()): Map<number, Record<string, unknown>> {
	const watcher = new Awareness(new Y.Doc());
	watcher.setLocalState(null);
	if (update) applyAwarenessUpdate(watcher, update, 'server');
	watcher.destroy();
	return watcher.getStates() as Map<number, Record<string, unknown>>;
}

describe('presence', () => {
	test('[PRS1] the server writes name, role and colour; a forged name and an e-mail are dropped', () => {
		const forged = { user: { name: 'Ani', role: 'admin' }, email: 'x@y', field: 'r.title' };
		presence.hear(visitor('budi'), said(phone(5, forged)), nobodyElse);
		expect(seen().get(5)).toEqual({
			user: { id: 'budi', name: 'BUDI', role: 'participant', colour: colourOf('budi') },
			field: 'r.title'
		});
	});

	test('[PRS1] a field is a name, not a text', () => {
		const state = { field: 'hubungi saya di 0812 …', typing: 'ya' };
		presence.hear(visitor('budi'), said(phone(5, state)), nobodyElse);
		expect(Object.keys(seen().get(5) ?? {})).toEqual(['user']);
	});

	test('[PRS2] one socket speaks for one client number, and for nobody elses', () => {
		const [sri, budi] = [visitor('sri'), visitor('budi')];
		presence.hear(sri, said(phone(1, { field: 'a' })), nobodyElse);
		presence.hear(budi, said(phone(1, { field: 'b' })), nobodyElse);
		expect(seen().get(1)).toMatchObject({ user: { id: 'sri' }, field: 'a' });
		presence.hear(budi, said(phone(2, {})), nobodyElse);
		presence.hear(budi, said(phone(3, {})), nobodyElse);
		expect([...seen().keys()]).toEqual([1, 2]);
		presence.hear(visitor('wati'), said(phone(9, {})), () => 'sri');
		expect(seen().has(9)).toBe(false);
	});

	test('[PRS2] a huge clock later on is ignored, so its owner can still be seen moving', () => {
		const sri = visitor('sri');
		const awareness = phone(1, { field: 'a' });
		presence.hear(sri, said(awareness), nobodyElse);
		awareness.meta.set(1, { clock: 2 ** 30, lastUpdated: 0 });
		presence.hear(sri, said(awareness), nobodyElse);
		awareness.meta.set(1, { clock: 3, lastUpdated: 0 });
		awareness.setLocalStateField('field', 'b');
		presence.hear(sri, said(awareness), nobodyElse);
		expect(seen().get(1)).toMatchObject({ field: 'b' });
	});

	test('[PRS3] a reader shows a field but no cursor', () => {
		const state = { field: 'a', cursor: { anchor: 1 }, typing: true };
		presence.hear(visitor('ani', 'read'), said(phone(1, state)), nobodyElse);
		expect(Object.keys(seen().get(1) ?? {}).sort()).toEqual(['field', 'user']);
	});

	test('[PRS4] who leaves is gone for everybody, and may come back before the old socket is noticed', () => {
		const [before, after] = [visitor('sri'), visitor('sri')];
		const awareness = phone(1, { field: 'a' });
		presence.hear(before, said(awareness), nobodyElse);
		presence.hear(after, said(awareness), nobodyElse);
		presence.leave(before);
		expect(seen().has(1)).toBe(true);
		presence.takeNews();
		presence.leave(after);
		expect(presence.takeNews()).not.toBeNull();
		expect(presence.everybody()).toBeNull();
	});
});

test('[PRS5] people of a process that has died are gone after a while, our own are not', () => {
	const elsewhere = new Presence();
	elsewhere.hear(visitor('wati'), said(phone(2, { field: 'b' })), nobodyElse);
	presence.hear(visitor('sri'), said(phone(1, { field: 'a' })), nobodyElse);
	presence.hearNeighbour('dua', elsewhere.everybody() ?? new Uint8Array(), 0);
	presence.forgetSilent(45_000);
	expect([...seen().keys()]).toEqual([1, 2]);
	presence.takeNews();
	presence.forgetSilent(45_001);
	expect([...seen().keys()]).toEqual([1]);
	// Everybody here is told; the other processes find it out by themselves.
	expect(presence.takeNews()).toMatchObject({ own: [] });
});

test('[PRS6] of one person so many numbers are remembered, and the first who shows one keeps it', () => {
	const reserved = new Reserved();
	reserved.reserve(1, 'wati');
	reserved.reserve(1, 'budi');
	expect(reserved.holderOf(1)).toBe('wati');
	for (let number = 100; number < 200; number++) reserved.reserve(number, 'budi');
	expect([reserved.holderOf(100), reserved.holderOf(199)]).toEqual([undefined, 'budi']);
	expect(reserved.holderOf(1)).toBe('wati');
});
