import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import type { Notice } from '../codes.ts';
import type { Right } from './admission.ts';
import { seedDocument, storedDocument, until } from './harness.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';
import { scribble, type Stroke } from './scribbling.ts';
import { acknowledgementFrame, readMessage } from './wire.ts';

/** `COLLAB_SEEDS=500` searches longer. */
const SEEDS = Number(process.env.COLLAB_SEEDS ?? 8);

let app: TestApp;
beforeEach(async () => {
	app = await openTestApp();
	await seedDocument(app);
});
afterEach(() => app.close());

function openRooms(changes: { documents?: DocumentLog; limits?: Partial<Limits> } = {}): Rooms {
	const { documents = app.documents, limits } = changes;
	return new Rooms({
		...{ documents, now: app.now, log: app.log },
		limits: { ...defaultLimits, windowMs: 1, ...limits },
		neighbours: null
	});
}

/** A phone without a network: what the room sends is applied at once, or kept while it is away. */
class TestPeer implements Peer {
	readonly doc = new Y.Doc();
	readonly notices: Notice[] = [];
	readonly person;
	right: Right = 'write';
	clientId: number | null = null;
	synced = false;
	early = 0;
	dropped = false;
	acknowledged = 0;
	heard = 0;
	closedWith: string | null = null;
	room: Room | null = null;

	constructor(id: string) {
		this.person = { id, name: id, role: 'participant', sessionId: id };
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'server') void this.room?.receive(this, 'update', update);
		});
	}

	join(room: Room): void {
		[this.synced, this.early, this.dropped] = [false, 0, false];
		room.join(this);
		room.answer(this, Y.encodeStateVector(this.doc));
		void room.receive(this, 'step 2', Y.encodeStateAsUpdate(this.doc, this.#serverHas));
		this.room = room;
	}

	leave(): void {
		this.room?.leave(this);
		this.room = null;
	}

	send(...frames: Uint8Array[]): void {
		for (const frame of frames) for (const message of messagesIn(frame)) this.#apply(message);
	}

	#serverHas: Uint8Array = Uint8Array.of(0);

	#apply(bytes: Uint8Array): void {
		if ((bytes[0] ?? 9) > 1) return;
		const message = readMessage(bytes);
		if (message.kind === 'step 1') this.#serverHas = message.stateVector;
		if (message.kind !== 'step 2' && message.kind !== 'update') return;
		this.heard++;
		Y.applyUpdate(this.doc, message.update, 'server');
	}

	acknowledgement(more: number): Uint8Array | null {
		this.acknowledged += more;
		return acknowledgementFrame(this.acknowledged);
	}

	notify(notice: Notice): void {
		this.notices.push(notice);
	}

	close(_code: number, reason: string): void {
		this.closedWith = reason;
	}
}

function* messagesIn(bytes: Uint8Array): Generator<Uint8Array> {
	const buffer = Buffer.from(bytes);
	for (let at = 0; at < buffer.length;) {
		const short = buffer[at + 1] ?? 0;
		const [header, length] =
			short < 126
				? [2, short]
				: short === 126
					? [4, buffer.readUInt16BE(at + 2)]
					: [10, Number(buffer.readBigUInt64BE(at + 2))];
		yield buffer.subarray(at + header, at + header + length);
		at += header + length;
	}
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

describe('convergence', () => {
	const step = fc.record({
		who: fc.nat(2),
		what: fc.nat(12),
		where: fc.nat(40),
		much: fc.nat(40)
	});

	test(
		'[ORD6] whatever is typed, cut off and restarted, all phones and the log end equal',
		async () => {
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
					const id = `plan-${Math.random()}`;
					await seedDocument(app, id);
					await liveThrough(id, steps);
				}),
				{ numRuns: SEEDS }
			);
		},
		// A bound for a machine with other work to do, not a measure: a seed takes about a second.
		60_000 + SEEDS * 10_000
	);

	async function liveThrough(id: string, steps: readonly Stroke[]): Promise<void> {
		let rooms = openRooms({ limits: { compactAfterUpdates: 5 } });
		const peers = ['sri', 'wati', 'budi'].map((name) => new TestPeer(name));
		const join = async (peer: TestPeer) => {
			const room = await rooms.open(id);
			if (room && !peer.room) peer.join(room);
		};
		for (const peer of peers) await join(peer);
		for (const stroke of steps) {
			const peer = peers[stroke.who];
			if (!peer) continue;
			if (stroke.what === 9) peer.leave();
			else if (stroke.what === 10) await join(peer);
			else if (stroke.what === 11) await rooms.flush();
			else if (stroke.what === 12) {
				for (const one of peers) one.leave();
				await rooms.close();
				rooms = openRooms({ limits: { compactAfterUpdates: 5 } });
			} else peer.doc.transact(() => scribble(peer.doc, stroke));
		}
		// Yjs cleans up formatting late: sync until quiet.
		for (let round = 0; round < 8; round++) {
			for (const peer of peers) {
				peer.leave();
				await join(peer);
			}
			await rooms.flush();
		}
		await rooms.close();
		const [first, ...rest] = peers.map(({ doc }) => contentOf(doc));
		for (const other of rest) expect(other).toEqual(first);
		expect(contentOf(await storedDocument(app, id))).toEqual(first);
		expect(peers.map(({ closedWith }) => closedWith)).toEqual([null, null, null]);
	}
});

function contentOf(doc: Y.Doc): unknown {
	const rows = doc.getMap<Y.Map<unknown>>('rows');
	const marked = [...rows].map(([id, row]) => {
		const title = row.get('title');
		return [id, row.toJSON(), title instanceof Y.Text ? title.toDelta() : null] as const;
	});
	return {
		rows: marked.sort(([a], [b]) => (a < b ? -1 : 1)),
		narrative: doc.getXmlFragment('narrative').toString(),
		clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
	};
}
