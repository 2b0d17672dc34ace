/**
 * One open document and the sockets in it (SPEC [ORD]).
 *
 * receive → size and rate → walk and guard → right still held? → queue → [window] → commit → relay
 * and acknowledge. What a neighbour has seen and what a person was told is saved are both on disk.
 */
import type { StoredDocument, Entry } from '#lib/platform/server/documents.ts';
import { closeCode, type CloseCode, type Notice } from '../codes.ts';
import type { Offer } from './guard.ts';
import { judge } from './guard.ts';
import { Known } from './known.ts';
import type { Limits } from './limits.ts';
import { Presence, type Visitor } from './presence.ts';
import { relayPlan } from './relay.ts';
import { StoredBytes } from './stored-bytes.ts';
import type { UpdateFacts } from './update-walk.ts';
import { walkUpdate } from './update-walk.ts';
import { awarenessFrame } from './wire.ts';

/** A socket, as its document sees it. */
export interface Peer extends Visitor {
	/** Its first step 2 has come: from here on it rests on nothing that is not here. */
	synced: boolean;
	/** Updates that came before the step 2 they are contained in. */
	early: number;
	/** Something of it was not taken, so what follows would have a gap. */
	dropped: boolean;
	send(...frames: Uint8Array[]): void;
	/** Complete frame to say that so many more of its updates are on disk, or null if it did not ask. */
	acknowledgement(more: number): Uint8Array | null;
	notify(notice: Notice): void;
	close(code: CloseCode, reason: string): void;
}

/** Something a socket waits for; without an update when that is on its way already. */
export interface Queued {
	readonly peer: Peer;
	/** How many of the socket's messages this answers. */
	readonly answers: number;
	readonly addition: Addition | null;
}

interface Addition {
	readonly update: Uint8Array;
	readonly facts: UpdateFacts;
	readonly newClients: readonly number[];
}

export interface RoomTools {
	readonly limits: Limits;
	/** Something is queued. */
	readonly wake: (room: Room) => void;
	readonly compact: (room: Room) => Promise<void>;
	readonly updatesSince: (documentId: string, seq: number) => Promise<StoredDocument['updates']>;
}

export class Room {
	readonly id: string;
	readonly epoch: number;
	readonly schemaNumber: number;
	readonly peers = new Set<Peer>();
	readonly presence = new Presence();
	/** It failed or was put away: who comes now has to ask for it again. */
	closed = false;
	usedAtMs = performance.now();
	readonly bytes: StoredBytes;
	readonly #tools: RoomTools;
	readonly #known = new Known();
	readonly #authors: Map<number, string | null>;
	#head: number;
	#queue: Queued[] = [];
	/** Handed to the log, not confirmed yet. */
	#storing = false;
	#presenceTimer: NodeJS.Timeout | null = null;
	#presenceAtMs = -Infinity;

	/** Throws `Malformed` when the stored bytes are damaged. */
	constructor(stored: StoredDocument, tools: RoomTools) {
		this.id = stored.id;
		this.epoch = stored.epoch;
		this.schemaNumber = stored.schemaNumber;
		this.#tools = tools;
		this.#authors = new Map(stored.authors);
		this.#head = stored.head;
		if (stored.snapshot) this.#known.advanceStored(stored.snapshot);
		this.bytes = new StoredBytes(stored.snapshot, this.#known.clocks);
		for (const { seq, update } of stored.updates) {
			this.bytes.add(seq, update, this.#known.advanceStored(update));
		}
	}

	get isQuiet(): boolean {
		return this.peers.size === 0 && this.#queue.length === 0 && !this.#storing;
	}

	/** In first, caught up second: an update received twice is harmless, one missed is not. */
	join(peer: Peer): void {
		this.peers.add(peer);
		peer.notify({ code: 'right', right: peer.right });
		peer.send(this.bytes.invitation());
	}

	leave(peer: Peer): void {
		this.peers.delete(peer);
		this.usedAtMs = performance.now();
		this.presence.leave(peer);
		this.#announcePresence();
	}

	/** Throws `Malformed`. */
	answer(peer: Peer, stateVector: Uint8Array): void {
		const everybody = this.presence.everybody();
		const people = everybody ? [awarenessFrame(everybody)] : [];
		peer.send(this.bytes.answer(stateVector), ...people);
	}

	tellPresence(peer: Peer): void {
		const everybody = this.presence.everybody();
		if (everybody) peer.send(awarenessFrame(everybody));
	}

	/** Throws `Malformed`. */
	hearPresence(peer: Peer, body: Uint8Array): void {
		this.presence.hear(peer, body, (clientId) => this.#authors.get(clientId));
		this.#announcePresence();
	}

	/**
	 * Takes an update into the queue, or not.
	 *
	 * @param update a view into the socket's buffer
	 * @returns why the socket must be closed, or null
	 */
	receive(peer: Peer, step: Offer['step'], update: Uint8Array): string | null {
		const offer = { update, step, userId: peer.person.id };
		const verdict = judge(offer, { known: this.#known, authors: this.#authors });
		if (verdict.kind === 'refused') return verdict.reason;
		if (verdict.kind === 'gap' && !peer.synced && step === 'update') {
			peer.early++;
			return null;
		}
		if (step === 'step 2') peer.synced = true;
		if (verdict.kind === 'repeats') this.#queueFor(peer, null);
		else if (this.#mayNotAdd(peer)) this.#drop(peer, offer);
		else if (verdict.kind === 'gap') return 'gap';
		else this.#take(peer, update, verdict);
		return null;
	}

	#take(peer: Peer, view: Uint8Array, { facts, newClients }: Omit<Addition, 'update'>): void {
		this.#known.advance(facts);
		for (const client of newClients) this.#authors.set(client, peer.person.id);
		// A copy: the view would keep the whole read buffer of the socket alive.
		this.#queueFor(peer, { update: new Uint8Array(view), facts, newClients });
	}

	/** An acknowledgement waits in the queue too: what it repeats may not be on disk yet. */
	#queueFor(peer: Peer, addition: Addition | null): void {
		this.#queue.push({ peer, answers: 1 + peer.early, addition });
		peer.early = 0;
		this.#tools.wake(this);
	}

	#mayNotAdd(peer: Peer): boolean {
		return peer.right === 'read' || peer.dropped || this.#isFull;
	}

	get #isFull(): boolean {
		return this.bytes.bytes >= this.#tools.limits.documentBytes;
	}

	/**
	 * Nothing of it is kept, and the page is told so.
	 *
	 * Yjs deletes some things by itself when edits meet; a reader's phone then knows deletions that
	 * nobody sent. Compacting finds them, so look again before calling them an edit.
	 */
	#drop(peer: Peer, offer: Offer): void {
		const { sections, deletions } = walkUpdate(offer.update);
		const adds = sections.some(({ client, to }) => to > this.#known.clock(client));
		if (adds || deletions.length === 0 || peer.dropped) return this.#notSaved(peer);
		const kept = { ...offer, update: new Uint8Array(offer.update) };
		this.#tools
			.compact(this)
			.then(() => judge(kept, { known: this.#known, authors: this.#authors }).kind === 'repeats')
			.then((repeats) => (repeats ? this.#queueFor(peer, null) : this.#notSaved(peer)))
			.catch(() => this.#notSaved(peer));
	}

	#notSaved(peer: Peer): void {
		peer.dropped = true;
		const reason = this.#isFull && peer.right === 'write' ? 'document_full' : 'read_only';
		peer.notify({ code: 'not_saved', reason });
	}

	// --- storing: called by the committer

	takeQueue(): Queued[] {
		const queue = this.#queue;
		this.#queue = [];
		this.#storing = true;
		// What was queued after a failed commit rests on what was lost with it.
		return this.closed ? [] : queue;
	}

	entriesOf(queue: readonly Queued[]): Entry[] {
		return queue.flatMap(({ peer, addition }) => {
			if (!addition) return [];
			const userId = peer.person.id;
			const authors = addition.newClients.map((clientId) => ({ clientId, userId }));
			return [{ documentId: this.id, update: addition.update, authors }];
		});
	}

	/** The log has it: now, and not before, the others see it and its author is told. */
	async stored(queue: readonly Queued[], head: number | undefined): Promise<void> {
		this.#storing = false;
		if (this.closed) return;
		const additions = queue.flatMap(({ addition }) => (addition ? [addition] : []));
		if (head !== undefined && head !== this.#head + additions.length) await this.#catchUp();
		else for (const { update, facts } of additions) this.bytes.add(++this.#head, update, facts);
		this.#relay(queue);
		if (this.#isWorthCompacting) void this.#tools.compact(this);
	}

	/** Nobody is told anything; who was here comes back and sends again. */
	failed(): void {
		this.#storing = false;
		this.closed = true;
		for (const peer of this.peers) peer.close(closeCode.tryAgain, 'storage');
	}

	/** Somebody else has written to the log: a restore, an upgrade. Everybody here gets it. */
	async #catchUp(): Promise<void> {
		const missed = await this.#tools.updatesSince(this.id, this.#head);
		for (const { seq, update } of missed) {
			this.bytes.add(seq, update, this.#known.advanceStored(update));
			this.#head = Math.max(this.#head, seq);
		}
		const { frames } = relayPlan(missed.map(({ update }) => ({ sender: null, update })));
		for (const peer of this.peers) peer.send(frames);
	}

	#relay(queue: readonly Queued[]): void {
		const sent = queue.flatMap(({ peer, addition }) =>
			addition ? [{ sender: peer, update: addition.update }] : []
		);
		const { frames, partOf } = relayPlan<Peer>(sent);
		const answers = new Map<Peer, number>();
		for (const { peer, answers: more } of queue) {
			answers.set(peer, (answers.get(peer) ?? 0) + more);
		}
		for (const peer of this.peers) {
			const own = partOf.get(peer);
			const parts = own ? [frames.subarray(0, own.from), frames.subarray(own.to)] : [frames];
			const acknowledgement = peer.acknowledgement(answers.get(peer) ?? 0);
			if (acknowledgement) parts.push(Buffer.from(acknowledgement));
			peer.send(...parts.filter((part) => part.length > 0));
		}
	}

	get #isWorthCompacting(): boolean {
		const { compactAfterUpdates, compactAfterBytes } = this.#tools.limits;
		const { tailLength, tailBytes, snapshotBytes } = this.bytes;
		return tailLength > compactAfterUpdates || tailBytes > compactAfterBytes + snapshotBytes / 4;
	}

	/** A snapshot says which deletions there are in truth, see `#drop`. */
	compacted(upTo: number, snapshot: Uint8Array): void {
		this.bytes.replaceUpTo(upTo, snapshot);
		for (const { client, from, to } of walkUpdate(snapshot).deletions) {
			this.#known.deleted.add(client, from, to);
		}
	}

	// --- presence has a slower window of its own: a cursor is no text

	#announcePresence(): void {
		if (this.#presenceTimer || !this.presence.hasNews) return;
		const { presenceWindowMs } = this.#tools.limits;
		const wait = Math.max(0, this.#presenceAtMs + presenceWindowMs - performance.now());
		this.#presenceTimer = setTimeout(() => this.#sendPresence(), wait);
	}

	#sendPresence(): void {
		this.#presenceTimer = null;
		this.#presenceAtMs = performance.now();
		const news = this.presence.takeNews();
		if (!news) return;
		const frame = awarenessFrame(news);
		for (const peer of this.peers) peer.send(frame);
	}
}
