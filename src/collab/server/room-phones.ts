/**
 * For tests: phones that talk to a room directly, without a network, so that hundreds of lives fit
 * into a test.
 */
import * as Y from 'yjs';
import type { Notice } from '../codes.ts';
import type { Admission, Right } from './admission.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';
import { acknowledgementFrame, readMessage } from './wire.ts';

/** The origin of what can be undone. */
export const TYPED = 'typed';

/** A phone without a network: what the room sends is applied at once, or kept while it is away. */
export class TestPeer implements Peer {
	readonly doc = new Y.Doc();
	readonly undo: Y.UndoManager;
	readonly notices: Notice[] = [];
	readonly person;
	readonly inParts = false;
	readonly request;
	mayWriteAtMs = performance.now();
	right: Right = 'write';
	clientId: number | null = null;
	synced = false;
	early = 0;
	dropped = false;
	acknowledged = 0;
	heard = 0;
	closedWith: string | null = null;
	room: Room | null = null;

	/** `copy`: what a phone that was reloaded finds on its own disk. */
	constructor(id: string, copy: Uint8Array | null = null) {
		this.person = { id, name: id, role: 'participant', sessionId: id };
		this.request = { documentId: 'plan-1', cookie: id };
		if (copy) Y.applyUpdate(this.doc, copy, 'server');
		const rows = this.doc.getMap('rows');
		this.undo = new Y.UndoManager(rows, { trackedOrigins: new Set([TYPED]), captureTimeout: 0 });
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

	learn(admission: Admission, askedAtMs: number): void {
		this.right = admission.ok ? admission.right : 'read';
		if (this.right === 'write') this.mayWriteAtMs = askedAtMs;
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
