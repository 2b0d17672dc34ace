/**
 * Rights that change while sockets are open (SPEC [ADM5], [ADM6], [ADM8]).
 *
 * Nothing is remembered: whoever is concerned is asked for again, and not read meanwhile. While the
 * storage is away nobody can say who may do what: nobody gains a right, nobody is sent away for it,
 * and everybody is asked for as soon as there is an answer again.
 */
import { whereThrown, type Log } from '#lib/platform/server/log.ts';
import { closeCode } from '../codes.ts';
import type { Admission, AdmissionRequest, Admit } from './admission.ts';
import type { WritingRights } from './committer.ts';
import type { Connection } from './connection.ts';
import { isAway, nextTurn, pauseAfter, within } from './patience.ts';
import type { Peer } from './peer.ts';
import type { Queued } from './queued.ts';
import type { Sockets } from './sockets.ts';

/** Whose rights may have changed. */
export type Whom =
	{ readonly documentId: string } | { readonly userId: string } | { readonly sessionId: string };

export interface RightsTools {
	readonly admit: Admit;
	readonly sockets: Sockets;
	readonly log: Log;
	/** How long an answer may take. */
	readonly admissionMs: number;
}

/**
 * SQLite answers at once: without a pause a thousand questions would be one long turn, in which
 * nobody's letters are read.
 */
const TURN_MS = 2;

/** After a bug the socket goes and comes back: an old answer is not trusted. */
const NOT_NOW: Admission = { ok: false, code: closeCode.tryAgain, reason: 'not_now' };

const NOT_SAVED_NOW = { code: 'not_saved', reason: 'storage' } as const;

export class Rights implements WritingRights {
	readonly #tools: RightsTools;
	/** Rises when rights may have changed, for those who are between admission and joining. */
	changes = 0;
	/** Whoever was asked for before this moment is to be asked for again. */
	#oldBeforeMs = -Infinity;
	/** When the storage was last found away: who was not asked for since is in doubt. */
	#awayAtMs = -Infinity;
	/** Since when nobody answers; null while somebody does. */
	#unansweredSinceMs: number | null = null;
	#unanswered = 0;
	#round: Promise<void> | null = null;

	constructor(tools: RightsTools) {
		this.#tools = tools;
	}

	ask(request: AdmissionRequest): Promise<Admission> {
		return this.#tools.admit(request);
	}

	/** Resolves when it is known what everybody concerned may do; until then they are not read. */
	async readmit(whom: Whom): Promise<void> {
		this.changes++;
		const concerned = [...this.#tools.sockets].filter((connection) => concerns(whom, connection));
		for (const connection of concerned) connection.pause();
		let unknown = await this.#askInTurn(concerned);
		for (const connection of concerned) if (!unknown.has(connection)) connection.resume();
		while (unknown.size > 0) {
			const late = [...unknown];
			for (const connection of late) connection.notify(NOT_SAVED_NOW);
			unknown = await this.#askInTurn(late);
			for (const connection of late) if (!unknown.has(connection)) readOn(connection);
		}
	}

	/** Resolves when everybody has been asked for again. */
	readmitAll(): Promise<void> {
		this.#oldBeforeMs = performance.now();
		this.#round ??= this.#askForAll().finally(() => (this.#round = null));
		return this.#round;
	}

	storageAway(): void {
		this.#awayAtMs = performance.now();
		void this.readmitAll();
	}

	isInDoubt(queue: readonly Queued[]): boolean {
		const awayAtMs = this.#awayAtMs;
		if (awayAtMs === -Infinity) return false;
		return queue.some(({ addition, peer }) => addition && peer.mayWriteAtMs < awayAtMs);
	}

	async areHeld(queue: readonly Queued[]): Promise<boolean> {
		for (const { addition, peer } of queue) {
			if (!addition || peer.mayWriteAtMs >= this.#awayAtMs) continue;
			await this.#askFor(peer);
			if (peer.right !== 'write') return false;
		}
		return true;
	}

	/** Again and again, until nobody's answer is older than the moment when there was none. */
	async #askForAll(): Promise<void> {
		for (let old; (old = this.#old()).length > 0;) await this.#askInTurn(old);
	}

	/** Who was asked for longest ago comes first. */
	#old(): Connection[] {
		return [...this.#tools.sockets]
			.filter(({ knownAtMs }) => knownAtMs < this.#oldBeforeMs)
			.sort((a, b) => a.knownAtMs - b.knownAtMs);
	}

	/** Resolves with those about whom nobody could say anything. */
	async #askInTurn(connections: readonly Connection[]): Promise<Set<Connection>> {
		const unknown = new Set<Connection>();
		let turnBeganMs = performance.now();
		for (const connection of connections) {
			if (performance.now() - turnBeganMs > TURN_MS) {
				await nextTurn();
				turnBeganMs = performance.now();
			}
			if (!this.#tools.sockets.has(connection)) continue;
			try {
				await this.#askFor(connection);
			} catch {
				unknown.add(connection);
				await pauseAfter(this.#unanswered);
			}
		}
		return unknown;
	}

	/** Throws `unavailable` when nobody can say. */
	async #askFor(peer: Pick<Peer, 'request' | 'learn'>): Promise<void> {
		const { admissionMs, log } = this.#tools;
		const askedAtMs = performance.now();
		try {
			peer.learn(await within(admissionMs, this.ask(peer.request)), askedAtMs);
			this.#answered();
		} catch (thrown) {
			if (isAway(thrown)) {
				this.#notAnswered();
				throw thrown;
			}
			log('error', 'socket_not_rechecked', { where: whereThrown(thrown) });
			peer.learn(NOT_NOW, askedAtMs);
		}
	}

	#answered(): void {
		this.#unanswered = 0;
		if (this.#unansweredSinceMs === null) return;
		const afterMs = Math.round(performance.now() - this.#unansweredSinceMs);
		this.#unansweredSinceMs = null;
		this.#tools.log('warn', 'rights_answered', { afterMs });
	}

	#notAnswered(): void {
		this.#unanswered++;
		if (this.#unansweredSinceMs === null) {
			this.#unansweredSinceMs = performance.now();
			this.#tools.log('error', 'rights_unanswered');
		}
		this.storageAway();
	}
}

function readOn(connection: Connection): void {
	// Takes back that nothing could be saved.
	connection.notify({ code: 'right', right: connection.right });
	connection.resume();
}

function concerns(whom: Whom, { room, person }: Connection): boolean {
	if ('documentId' in whom) return room.id === whom.documentId;
	if ('userId' in whom) return person.id === whom.userId;
	return person.sessionId === whom.sessionId;
}
