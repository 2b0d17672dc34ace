/**
 * Rights that change while sockets are open (SPEC [ADM5], [ADM6]).
 *
 * Nothing is remembered: whoever is concerned is asked for again, and not read meanwhile.
 */
import { whereThrown, type Log } from '#lib/platform/server/log.ts';
import { closeCode } from '../codes.ts';
import type { Admission, AdmissionRequest, Admit } from './admission.ts';
import type { Connection } from './connection.ts';
import { nextTurn, within } from './patience.ts';
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

export class Rights {
	readonly #tools: RightsTools;
	/** Rises when rights may have changed, for those who are between admission and joining. */
	changes = 0;

	constructor(tools: RightsTools) {
		this.#tools = tools;
	}

	ask(request: AdmissionRequest): Promise<Admission> {
		return this.#tools.admit(request);
	}

	async readmit(whom: Whom): Promise<void> {
		this.changes++;
		const concerned = [...this.#tools.sockets].filter((connection) => concerns(whom, connection));
		for (const connection of concerned) connection.pause();
		await this.#recheck(concerned);
		for (const connection of concerned) connection.resume();
	}

	async readmitAll(): Promise<void> {
		await this.#recheck([...this.#tools.sockets]);
	}

	async #recheck(connections: readonly Connection[]): Promise<void> {
		let turnBeganMs = performance.now();
		for (const connection of connections) {
			if (performance.now() - turnBeganMs > TURN_MS) {
				await nextTurn();
				turnBeganMs = performance.now();
			}
			if (!this.#tools.sockets.has(connection)) continue;
			const admission = await this.#askAgain(connection.request);
			if (admission.ok) connection.setRight(admission.person, admission.right);
			else connection.close(admission.code, admission.reason);
		}
	}

	/** When nobody can say, the socket goes and comes back: an old answer is not trusted. */
	async #askAgain(request: AdmissionRequest): Promise<Admission> {
		const { admissionMs, log } = this.#tools;
		try {
			return await within(admissionMs, this.ask(request));
		} catch (thrown) {
			log('error', 'socket_not_rechecked', { where: whereThrown(thrown) });
			return { ok: false, code: closeCode.tryAgain, reason: 'not_now' };
		}
	}
}

function concerns(whom: Whom, { room, person }: Connection): boolean {
	if ('documentId' in whom) return room.id === whom.documentId;
	if ('userId' in whom) return person.id === whom.userId;
	return person.sessionId === whom.sessionId;
}
