/**
 * One open document and the sockets in it (SPEC [ORD]).
 *
 * receive → size and rate → walk and guard → right still held? → queue → [window] → commit → relay
 * and acknowledge. What a neighbour has seen and what a person was told is saved are both on disk.
 */
import type {
	DocumentLog,
	Entry,
	Standing,
	StoredDocument
} from '#lib/platform/server/documents.ts';
import { closeCode, type NotSaved } from '../codes.ts';
import { Arrivals, type Foreign } from './arrivals.ts';
import { Company } from './company.ts';
import { Content } from './content.ts';
import { restsOnAuthors, type Adds, type Offer, type Verdict } from './guard.ts';
import type { Limits } from './limits.ts';
import { persistently } from './patience.ts';
import type { Peer } from './peer.ts';
import { lastOf, type OwnWindow, type Queued } from './queued.ts';
import { deliver } from './relay.ts';
import { Waiting } from './waiting.ts';
import { updateFrame, updateIn } from './wire.ts';

export interface RoomTools {
	readonly limits: Limits;
	/** Something is queued; `first` after a quiet spell, so that nobody should wait for others. */
	readonly wake: (room: Room, first: boolean) => void;
	readonly compact: (room: Room) => Promise<void>;
	readonly documents: Pick<DocumentLog, 'readSince' | 'standings'>;
	/** The other processes on this database; null where there can be none. */
	readonly neighbours: Neighbourhood | null;
	/** Its epoch or its shape has risen, or it is gone. */
	readonly onReplaced: (room: Room) => void;
	/** It cannot go on with what it has in memory. */
	readonly onFailure: (room: Room, thrown: unknown) => void;
}

export interface Neighbourhood {
	tellPresence(documentId: string, entries: readonly Uint8Array[]): void;
}

export class Room {
	readonly id: string;
	readonly epoch: number;
	readonly schemaNumber: number;
	readonly peers = new Set<Peer>();
	readonly company: Company;
	readonly isDamaged: boolean;
	/** It failed or was put away: who comes now has to ask for it again. */
	closed = false;
	usedAtMs = performance.now();
	readonly content: Content;
	readonly #tools: RoomTools;
	readonly #arrivals: Arrivals;
	readonly #waiting: Waiting;

	/**
	 * Throws `Malformed` when stored bytes are damaged and that is not known yet.
	 *
	 * @param isDamaged it may be read, as far as it can be, and nothing is taken
	 */
	constructor(stored: StoredDocument, tools: RoomTools, isDamaged = false) {
		this.isDamaged = isDamaged;
		this.id = stored.id;
		this.epoch = stored.epoch;
		this.schemaNumber = stored.schemaNumber;
		this.#tools = tools;
		this.content = new Content(stored, isDamaged);
		this.#waiting = new Waiting(tools.limits);
		this.#arrivals = new Arrivals(stored.head, {
			epoch: stored.epoch,
			readSince: (seq) => tools.documents.readSince(stored.id, seq),
			takeOwn: (window, have) => this.#takeOwn(window, have),
			takeForeign: (foreign) => this.#takeForeign(foreign),
			onReplaced: () => tools.onReplaced(this),
			onFailure: (thrown) => tools.onFailure(this, thrown)
		});
		this.company = new Company({
			windowMs: tools.limits.presenceWindowMs,
			ownerOf: (clientId) => this.content.ownerOf(clientId),
			reserved: this.content.reserved,
			tell: (frame) => this.#tell(frame),
			tellNeighbours: (entries) => tools.neighbours?.tellPresence(stored.id, entries)
		});
	}

	get isQuiet(): boolean {
		return this.peers.size === 0 && this.#waiting.isEmpty && this.#arrivals.isQuiet;
	}

	/** In first, caught up second: an update received twice is harmless, one missed is not. */
	join(peer: Peer): void {
		this.peers.add(peer);
		peer.notify({ code: 'right', right: peer.right });
		if (this.isDamaged) peer.notify({ code: 'not_saved', reason: 'damaged' });
		peer.send(this.content.bytes.invitation());
	}

	leave(peer: Peer): void {
		this.peers.delete(peer);
		this.usedAtMs = performance.now();
		this.company.leave(peer);
	}

	/** Throws `Malformed`. */
	answer(peer: Peer, stateVector: Uint8Array): void {
		const people = this.company.everybody();
		peer.send(this.content.bytes.answer(stateVector, peer.inParts), ...(people ? [people] : []));
	}

	tellPresence(peer: Peer): void {
		const people = this.company.everybody();
		if (people) peer.send(people);
	}

	/** Throws `Malformed`. */
	hearPresence(peer: Peer, body: Uint8Array): void {
		this.company.hear(peer, body);
	}

	/**
	 * Takes an update into the queue, or not.
	 *
	 * @param update a view into the socket's buffer
	 * @returns why the socket must be closed, or null. A promise when the log has to be asked first,
	 * or too much waits for it: until it resolves nothing more of this peer may be handed in.
	 */
	receive(
		peer: Peer,
		step: Offer['step'],
		update: Uint8Array
	): string | null | Promise<string | null> {
		const place = this.#waiting.placeFor(peer);
		if (place) return place.then(() => (this.closed ? null : this.receive(peer, step, update)));
		const offer = { update, step, userId: peer.person.id };
		const verdict = this.content.judge(offer);
		if (!this.#tools.neighbours || !restsOnAuthors(verdict)) {
			return this.#decide(peer, offer, verdict);
		}
		// What this phone has learnt on another node may not have come here yet.
		return persistently(() => this.catchUp(), {
			isOver: () => this.closed,
			onAway: () => peer.notify({ code: 'not_saved', reason: 'storage' })
		}).then(() => (this.closed ? null : this.#decide(peer, offer, this.content.judge(offer))));
	}

	#decide(peer: Peer, offer: Offer, verdict: Verdict): string | null {
		const { step, update } = offer;
		if (verdict.kind === 'refused') return verdict.reason;
		if (verdict.kind === 'gap' && !peer.synced && step === 'update') {
			peer.early++;
			return null;
		}
		if (step === 'step 2') peer.synced = true;
		if (verdict.kind === 'repeats') this.#acknowledgeLater(peer);
		else if (this.#mayNotAdd(peer)) this.#drop(peer, offer);
		else if (verdict.kind === 'gap') return 'gap';
		else this.#take(peer, update, verdict);
		return null;
	}

	#take(peer: Peer, view: Uint8Array, { facts, newClients }: Adds): void {
		// A copy: the view would keep the whole read buffer of the socket alive.
		const frame = updateFrame(view);
		const update = updateIn(frame, view.length);
		const addition = { frame, update, facts, newClients, userId: peer.person.id };
		this.content.expect(addition);
		this.#tools.wake(this, this.#waiting.add(peer, addition));
	}

	/** An acknowledgement waits in the queue too: what it repeats may not be on disk yet. */
	#acknowledgeLater(peer: Peer): void {
		this.#tools.wake(this, this.#waiting.add(peer, null));
	}

	#mayNotAdd(peer: Peer): boolean {
		return this.isDamaged || peer.right === 'read' || peer.dropped || this.#isFull;
	}

	get #isFull(): boolean {
		return this.content.bytes.bytes >= this.#tools.limits.documentBytes;
	}

	/**
	 * Nothing of it is kept, and the page is told so.
	 *
	 * Yjs deletes some things by itself when edits meet; a reader's phone then knows deletions that
	 * nobody sent. Compacting finds them, so look again before calling them an edit.
	 */
	#drop(peer: Peer, offer: Offer): void {
		if (this.isDamaged || peer.dropped) return this.#notSaved(peer);
		if (this.content.addsItems(offer.update)) return this.#notSaved(peer);
		const kept = { ...offer, update: new Uint8Array(offer.update) };
		this.#tools
			.compact(this)
			.then(() => this.content.judge(kept).kind === 'repeats')
			.then((repeats) => (repeats ? this.#acknowledgeLater(peer) : this.#notSaved(peer)))
			.catch(() => this.#notSaved(peer));
	}

	#notSaved(peer: Peer): void {
		peer.dropped = true;
		peer.notify({ code: 'not_saved', reason: this.#reasonAgainst(peer) });
	}

	#reasonAgainst({ right }: Peer): NotSaved {
		if (this.isDamaged) return 'damaged';
		return this.#isFull && right === 'write' ? 'document_full' : 'read_only';
	}

	// --- storing: called by the committer

	takeQueue(): Queued[] {
		const queue = this.#waiting.take();
		// What was queued after a failed commit rests on what was lost with it.
		return this.closed ? [] : queue;
	}

	/** What of the queue the log has to take. */
	pushEntries(queue: readonly Queued[], entries: Entry[]): void {
		const { id: documentId, epoch } = this;
		for (const { addition } of queue) {
			if (!addition) continue;
			const { update, newClients, userId } = addition;
			const authors = newClients.map((clientId) => ({ clientId, userId }));
			entries.push({ documentId, epoch, update, authors });
		}
	}

	/** The log has it: now, and not before, the others see it and its author is told. */
	stored(window: OwnWindow): void {
		this.#waiting.stored(window.queue);
		this.#arrivals.stored(window);
		if (this.content.isWorthCompacting(this.#tools.limits)) void this.#tools.compact(this);
	}

	/** The storage takes nothing now: the committer keeps it and asks again. */
	storingDelayed(queue: readonly Queued[]): void {
		this.#waiting.delayed(queue);
	}

	storingFailed(): void {
		this.#waiting.end();
	}

	/** Nobody is told anything more; who was here comes back and sends again. */
	sendAway(reason: string): void {
		this.closed = true;
		this.#arrivals.end();
		this.#waiting.end();
		for (const peer of this.peers) peer.close(closeCode.tryAgain, reason);
	}

	// --- what others have written: another process, a restore, an upgrade

	/** Another process says what it has stored. */
	told(foreign: Foreign): void {
		this.#arrivals.told(foreign);
	}

	/** How the log says the document stands; undefined when it does not know it any more. */
	async noticed(standing: Standing | undefined): Promise<void> {
		if (this.closed) return;
		const { head, epoch, schemaNumber } = standing ?? { head: 0, epoch: Infinity, schemaNumber: 0 };
		const isReplaced = epoch > this.epoch || schemaNumber > this.schemaNumber;
		if (isReplaced) this.#tools.onReplaced(this);
		else await this.#arrivals.noticed(head);
	}

	/** Brings in whatever is in the log at this moment. */
	async catchUp(): Promise<void> {
		const standings = await this.#tools.documents.standings([this.id]);
		await this.noticed(standings.get(this.id));
	}

	/** Resolves when everything that is known to be in the log has been told. */
	settled(): Promise<void> {
		return this.#arrivals.settled();
	}

	/** @param have up to which number the phones have been sent everything */
	#takeOwn(window: OwnWindow, have: number): void {
		const { queue, additions, first } = window;
		const isNews = lastOf(window) > have;
		additions.forEach((addition, n) => {
			if (first + n > have) this.content.add(first + n, addition);
		});
		const told = isNews ? queue : queue.map((queued) => ({ ...queued, addition: null }));
		deliver(told, this.peers, this.company.rideAlong());
	}

	#takeForeign(foreign: Foreign): void {
		this.#tell(Buffer.concat(this.content.addForeign(foreign)));
	}

	#tell(frame: Uint8Array): void {
		for (const peer of this.peers) peer.send(frame);
	}
}
