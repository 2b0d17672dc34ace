import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import type { Log } from '#lib/platform/server/log.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { seedDocument, storedDocument, until } from './harness.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { TestPeer } from './room-phones.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';

let app: TestApp;
beforeEach(async () => {
	app = await openTestApp();
	await seedDocument(app);
});
afterEach(() => app.close());

interface Changes {
	documents?: DocumentLog;
	limits?: Partial<Limits>;
	log?: Log;
}

function openRooms({ documents = app.documents, limits, log = app.log }: Changes = {}): Rooms {
	return new Rooms({
		...{ documents, now: app.now, log },
		limits: { ...defaultLimits, windowMs: 1, ...limits },
		neighbours: null
	});
}

async function opened(rooms: Rooms): Promise<Room> {
	const room = await rooms.open('plan-1');
	if (!room) throw new Error('the document is missing');
	return room;
}

describe('the order of things', () => {
	test('[ORD1] nobody sees and nobody is told before the log has it', async () => {
		const gate = Promise.withResolvers<null>();
		let appending = 0;
		const append: DocumentLog['append'] = async (...args) => {
			appending++;
			await gate.promise;
			return app.documents.append(...args);
		};
		const rooms = openRooms({ documents: { ...app.documents, append } });
		const room = await opened(rooms);
		const [sri, wati] = [new TestPeer('sri'), new TestPeer('wati')];
		sri.join(room);
		wati.join(room);
		await until(() => sri.acknowledged === 1 && wati.acknowledged === 1);
		const heard = wati.heard;
		sri.doc.getText('title').insert(0, 'a');
		await until(() => appending === 1);
		sri.doc.getText('title').insert(1, 'b');
		const late = new TestPeer('late');
		late.join(room);
		expect([sri.acknowledged, wati.heard]).toEqual([1, heard]);
		expect(late.doc.getText('title').toString()).toBe('');
		gate.resolve(null);
		await rooms.flush();
		expect(sri.acknowledged).toBe(3);
		expect(wati.doc.getText('title').toString()).toBe('ab');
		expect(late.doc.getText('title').toString()).toBe('ab');
		await rooms.close();
	});

	test('[ORD1] what another socket is still storing is acknowledged to nobody before', async () => {
		const gate = Promise.withResolvers<null>();
		const append: DocumentLog['append'] = async (...args) => {
			await gate.promise;
			return app.documents.append(...args);
		};
		const rooms = openRooms({ documents: { ...app.documents, append } });
		const room = await opened(rooms);
		const [tab, otherTab] = [new TestPeer('sri'), new TestPeer('sri')];
		tab.join(room);
		otherTab.join(room);
		await rooms.flush();
		tab.doc.getText('title').insert(0, 'a');
		void otherTab.room?.receive(otherTab, 'update', Y.encodeStateAsUpdate(tab.doc));
		expect(otherTab.acknowledged).toBe(1);
		gate.resolve(null);
		await rooms.flush();
		expect(otherTab.acknowledged).toBe(2);
		await rooms.close();
	});

	test('[ORD5] after a failed commit nothing that rests on it is stored', async () => {
		let broken = true;
		const gate = Promise.withResolvers<null>();
		const append: DocumentLog['append'] = async (...args) => {
			if (!broken) return app.documents.append(...args);
			await gate.promise;
			throw new Error('disk full');
		};
		const rooms = openRooms({ documents: { ...app.documents, append } });
		const room = await opened(rooms);
		const sri = new TestPeer('sri');
		sri.join(room);
		await rooms.flush();
		sri.doc.getText('title').insert(0, 'a');
		await new Promise((resolve) => setImmediate(resolve));
		sri.doc.getText('title').insert(1, 'b');
		gate.resolve(null);
		await rooms.flush();
		expect([sri.closedWith, sri.acknowledged]).toEqual(['storage', 1]);
		broken = false;
		sri.leave();
		expect((await app.documents.read('plan-1'))?.head).toBe(1);
		const again = await opened(rooms);
		expect(again).not.toBe(room);
		sri.join(again);
		await rooms.flush();
		expect((await storedDocument(app, 'plan-1')).getText('title').toString()).toBe('ab');
		await rooms.close();
	});

	test('[ORD5] one document that cannot be stored does not take others with it', async () => {
		await seedDocument(app, 'plan-2');
		const append: DocumentLog['append'] = async (entries, at) => {
			if (entries.some(({ documentId }) => documentId === 'plan-2')) throw new Error('gone');
			return app.documents.append(entries, at);
		};
		const rooms = openRooms({ documents: { ...app.documents, append } });
		const room = await opened(rooms);
		const other = await rooms.open('plan-2');
		const [sri, budi] = [new TestPeer('sri'), new TestPeer('budi')];
		sri.join(room);
		if (other) budi.join(other);
		await rooms.flush();
		sri.doc.getText('title').insert(0, 'a');
		budi.doc.getText('title').insert(0, 'b');
		await rooms.flush();
		expect([sri.acknowledged, sri.closedWith]).toEqual([2, null]);
		expect([budi.acknowledged, budi.closedWith]).toEqual([1, 'storage']);
		await rooms.close();
	});
});

describe('the window', () => {
	const HOUR_MS = 3_600_000;

	test('[ORD2] the first edit after a quiet spell does not wait, and takes along who does', async () => {
		await seedDocument(app, 'plan-2');
		const rooms = openRooms({ limits: { windowMs: HOUR_MS, quietMs: HOUR_MS } });
		const room = await opened(rooms);
		const other = await rooms.open('plan-2');
		const [sri, budi] = [new TestPeer('sri'), new TestPeer('budi')];
		sri.join(room);
		await until(() => sri.acknowledged === 1);
		sri.doc.getText('title').insert(0, 'a');
		await new Promise((resolve) => setTimeout(resolve));
		expect(sri.acknowledged).toBe(1);
		if (other) budi.join(other);
		await until(() => budi.acknowledged === 1 && sri.acknowledged === 2);
		await rooms.close();
	});

	test('[ORD2] quiet documents end a window early only so often', async () => {
		await seedDocument(app, 'plan-2');
		const limits = { windowMs: HOUR_MS, quietMs: HOUR_MS, earlyPerSecond: 0 };
		const rooms = openRooms({ limits });
		const room = await opened(rooms);
		const other = await rooms.open('plan-2');
		const [sri, budi] = [new TestPeer('sri'), new TestPeer('budi')];
		sri.join(room); // no window is open yet
		await until(() => sri.acknowledged === 1);
		if (other) budi.join(other);
		await new Promise((resolve) => setTimeout(resolve));
		expect(budi.acknowledged).toBe(0);
		await rooms.flush();
		expect(budi.acknowledged).toBe(1);
		await rooms.close();
	});
});

describe('a document that nobody uses', () => {
	test('[ROOM1] is compacted before it is put away, when that is worth it', async () => {
		const rooms = openRooms({ limits: { idleMs: -1 } });
		const sri = new TestPeer('sri');
		sri.join(await opened(rooms));
		for (let n = 0; n < 25; n++) sri.doc.getText('title').insert(0, 'x');
		await rooms.flush();
		await rooms.putAwayIdle();
		expect(rooms.size).toBe(1);
		sri.leave();
		await rooms.putAwayIdle();
		expect(rooms.size).toBe(0);
		const stored = await app.documents.read('plan-1');
		expect(stored?.snapshotSeq).toBe(stored?.head);
		await rooms.close();
	});
});

test('[LIM4] the log warns of a document that grows large', async () => {
	const warned: unknown[] = [];
	const log: Log = (level, event, details) => void warned.push([level, event, details?.document]);
	const rooms = openRooms({ log, limits: { documentWarnBytes: 1 } });
	await rooms.compact(await opened(rooms));
	expect(warned).toEqual([['warn', 'document_large', 'plan-1']]);
	await rooms.close();
});
