/** The documents that are open, and their coming and going (SPEC [ROOM]). */
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import { whereThrown, type Log } from '#lib/platform/server/log.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { Malformed } from './bytes.ts';
import { Committer, type WritingRights } from './committer.ts';
import { Compactor, TooMuch } from './compaction.ts';
import { Damaged, Health } from './health.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { OwnWindow } from './queued.ts';
import { Room, type RoomTools } from './room.ts';

export interface RoomsTools {
	readonly documents: DocumentLog;
	readonly now: () => Date;
	readonly log: Log;
	readonly limits: Limits;
	readonly neighbours: Neighbours | null;
	readonly metrics?: Metrics;
	readonly rights?: WritingRights;
}

/** The other processes on this database, as documents speak to them. */
interface Neighbours {
	tellStored(room: Room, window: OwnWindow): void;
	tellPresence(documentId: string, entries: readonly Uint8Array[]): void;
	/** Asks who has the document open elsewhere. */
	askPresence(documentId: string): void;
}

/** Fewer updates than this are read as fast as a snapshot. */
const WORTH_COMPACTING = 20;

export class Rooms {
	readonly #tools: RoomsTools;
	readonly #open = new Map<string, Promise<Room | null>>();
	readonly #compacting = new Map<Room, Promise<void>>();
	readonly #committer: Committer;
	readonly #compactor: Compactor;
	/** Tried once and too much for it: not again before they are opened anew. */
	readonly #tooMuch = new WeakSet<Room>();
	readonly #health = new Health();
	readonly #roomTools: RoomTools;

	constructor(tools: RoomsTools) {
		this.#tools = tools;
		const { documents, now, log, limits, neighbours, metrics, rights } = tools;
		this.#committer = new Committer({
			...{ documents, now, log, metrics, rights },
			windowMs: limits.windowMs,
			earlyPerSecond: limits.earlyPerSecond,
			onStored: (room, window) => neighbours?.tellStored(room, window),
			onAcknowledged: (afterMs, { additions }) =>
				metrics?.acknowledged(
					afterMs,
					additions.reduce((sum, { update }) => sum + update.length, 0)
				),
			onFailure: (room, thrown) => this.failed(room, thrown)
		});
		this.#compactor = new Compactor(limits);
		this.#roomTools = {
			limits,
			documents,
			neighbours,
			wake: (room, first) => this.#committer.wake(room, first),
			compact: (room) => this.compact(room),
			onReplaced: (room) => this.#sendAway(room, 'replaced'),
			onFailure: (room, thrown) => this.failed(room, thrown)
		};
	}

	get size(): number {
		return this.#open.size;
	}

	/** How many documents are known to be damaged. */
	get damaged(): number {
		return this.#health.damaged;
	}

	/** How many have edits that the storage does not take now. */
	get unstored(): number {
		return this.#committer.unstored;
	}

	/** The document, loaded when it is not; null when there is none. Join it in the same turn. */
	open(documentId: string): Promise<Room | null> {
		const open = this.#open.get(documentId);
		if (open) return open.then((room) => this.#used(room));
		const loading = this.#load(documentId);
		this.#open.set(documentId, loading);
		const forget = () => this.#forget(documentId, loading);
		loading.then((room) => room ?? forget(), forget);
		return loading;
	}

	/**
	 * The document if it is open here, as soon as it is: what is said about it while it is being
	 * read counts too. Null when it is not.
	 */
	async whenOpen(documentId: string): Promise<Room | null> {
		const room = await this.#open.get(documentId)?.catch(() => null);
		return room && !room.closed ? room : null;
	}

	/** The epoch or the shape of a document has changed: everybody in it comes again. */
	async replaced(documentId: string): Promise<void> {
		this.#health.forget(documentId);
		const room = await this.whenOpen(documentId);
		if (room) this.#sendAway(room, 'replaced');
	}

	/** Asks the log how all open documents stand, and brings in what is missing here. */
	async catchUp(): Promise<void> {
		const asked = [...this.#open.keys()];
		const standings = await this.#tools.documents.standings(asked);
		for (const id of asked) await (await this.whenOpen(id))?.noticed(standings.get(id));
	}

	/** Forgets people of processes that have died; called now and then. */
	async forgetSilent(): Promise<void> {
		for (const id of [...this.#open.keys()]) (await this.whenOpen(id))?.company.forgetSilent();
	}

	/** Puts away what nobody has used for a while; called now and then. */
	async putAwayIdle(): Promise<void> {
		for (const [id, loading] of this.#open) {
			const room = await loading.catch(() => null);
			if (!room || !this.#isIdle(room)) continue;
			if (room.content.bytes.tailLength > WORTH_COMPACTING) await this.compact(room);
			if (!this.#isIdle(room)) continue;
			room.closed = true;
			this.#forget(id, loading);
		}
	}

	/** Never rejects: a document that cannot be compacted stays as it is. */
	compact(room: Room): Promise<void> {
		if (room.isDamaged || this.#tooMuch.has(room)) return Promise.resolve();
		const running = this.#compacting.get(room);
		if (running) return running;
		const { metrics } = this.#tools;
		const started = this.#compact(room)
			.then(() => metrics?.compacted('done'))
			.catch((thrown: unknown) => {
				metrics?.compacted(thrown instanceof TooMuch ? 'skipped' : 'failed');
				this.#notCompacted(room, thrown);
			})
			.finally(() => this.#compacting.delete(room));
		this.#compacting.set(room, started);
		return started;
	}

	/** Everything that was queued is stored and told, as far as the storage takes it. */
	async flush(): Promise<void> {
		await this.#committer.flush();
		for (const id of [...this.#open.keys()]) await (await this.whenOpen(id))?.settled();
	}

	async close(): Promise<void> {
		await this.flush();
		this.#committer.close();
		this.#compactor.hurry();
		await Promise.all(this.#compacting.values());
		await this.#compactor.close();
	}

	async #compact(room: Room): Promise<void> {
		const { parts, upTo } = room.content.bytes.whole();
		if (upTo === 0) return;
		const compacted = await this.#compactor.compact(parts);
		if (room.closed) return;
		const { epoch } = room;
		await this.#tools.documents.compact(room.id, { ...compacted, epoch, upTo });
		room.content.compacted(upTo, compacted);
		const bytes = compacted.snapshot.length;
		if (bytes < this.#tools.limits.documentWarnBytes) return;
		this.#tools.log('warn', 'document_large', { document: room.id, bytes });
	}

	async #load(documentId: string): Promise<Room | null> {
		const stored = await this.#tools.documents.read(documentId);
		if (!stored) return null;
		this.#tools.neighbours?.askPresence(documentId);
		try {
			return new Room(stored, this.#roomTools, this.#health.isDamaged(documentId));
		} catch (thrown) {
			if (!(thrown instanceof Malformed)) throw thrown;
			this.#foundDamaged(documentId, thrown);
			return new Room(stored, this.#roomTools, true);
		}
	}

	#used(room: Room | null): Room | null {
		if (room) room.usedAtMs = performance.now();
		return room;
	}

	#isIdle(room: Room): boolean {
		return room.isQuiet && performance.now() - room.usedAtMs > this.#tools.limits.idleMs;
	}

	/** It cannot go on with what it has in memory: it is read again, or left alone if that is no help. */
	failed(room: Room, thrown: unknown): void {
		this.#sendAway(room, 'storage');
		// Frozen, rebuilt or not allowed any more: no fault of ours, and whoever comes back is told.
		if (thrown instanceof Refusal && thrown.code === 'closed') return;
		const where = whereThrown(thrown);
		this.#tools.log('error', 'document_failed', { document: room.id, where });
		const foreseen = thrown instanceof Refusal;
		if (!foreseen && this.#health.failed(room.id, performance.now())) {
			this.#foundDamaged(room.id, thrown);
		}
	}

	#notCompacted(room: Room, thrown: unknown): void {
		const where = whereThrown(thrown);
		this.#tools.log('error', 'document_not_compacted', { document: room.id, where });
		if (thrown instanceof TooMuch) return void this.#tooMuch.add(room);
		const isDamaged =
			thrown instanceof Damaged ||
			(!(thrown instanceof Refusal) && this.#health.failed(room.id, performance.now()));
		if (!isDamaged) return;
		this.#foundDamaged(room.id, thrown);
		this.#sendAway(room, 'damaged');
	}

	#foundDamaged(documentId: string, thrown: unknown): void {
		if (!this.#health.foundDamaged(documentId)) return;
		const where = whereThrown(thrown);
		this.#tools.log('error', 'document_damaged', { document: documentId, where });
	}

	#sendAway(room: Room, reason: string): void {
		if (room.closed) return;
		room.sendAway(reason);
		this.#open.delete(room.id);
	}

	#forget(documentId: string, loading: Promise<Room | null>): void {
		if (this.#open.get(documentId) === loading) this.#open.delete(documentId);
	}
}
