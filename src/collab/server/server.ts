/**
 * The sync server: takes upgrades of `/sync/<document>`, admits people, keeps their sockets honest.
 *
 * What admits is handed in, so that this room knows documents and sockets, not plans and sessions.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { App } from '#lib/platform/server/app.ts';
import { closeCode } from '../codes.ts';
import type { Admit } from './admission.ts';
import { Door } from './door.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Rights, type Whom } from './rights.ts';
import { Rooms } from './rooms.ts';
import { Sockets } from './sockets.ts';

export interface SyncServerOptions {
	readonly app: Pick<App, 'documents' | 'now' | 'log'>;
	readonly admit: Admit;
	/** Whether a page of ours asks, and not one of a stranger in the same browser. */
	readonly isOwnOrigin: (req: IncomingMessage) => boolean;
	readonly limits?: Partial<Limits>;
}

export interface SyncServer {
	handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
	/** Asks again, within a second, what everybody concerned may do. */
	readmit(whom: Whom): Promise<void>;
	/** Who has a document open, each person once. */
	connectedPeople(documentId?: string): { id: string; name: string }[];
	/** How often something was refused, by reason. */
	refusals(): ReadonlyMap<string, number>;
	counts(): { sockets: number; documents: number };
	/** Takes nobody any more, stores everything, closes all sockets. */
	shutdown(): Promise<void>;
}

const CLOSE_WITHIN_MS = 2000;

export function isSyncUrl(url: string): boolean {
	return url.startsWith('/sync/');
}

export function createSyncServer(options: SyncServerOptions): SyncServer {
	return new Server(options);
}

class Server implements SyncServer {
	readonly #rooms: Rooms;
	readonly #sockets = new Sockets();
	readonly #rights: Rights;
	readonly #door: Door;
	readonly #refusals = new Map<string, number>();
	readonly #timers: NodeJS.Timeout[];

	constructor({ app, admit, isOwnOrigin, limits: changes }: SyncServerOptions) {
		const limits = { ...defaultLimits, ...changes };
		const { documents, now, log } = app;
		const { admissionMs, pingMs, slowReaderMs, deadMs, recheckMs, idleMs } = limits;
		const sockets = this.#sockets;
		const rooms = (this.#rooms = new Rooms({ documents, now, log, limits }));
		const rights = (this.#rights = new Rights({ admit, sockets, log, admissionMs }));
		const onRefused = (reason: string) => this.#count(reason);
		this.#door = new Door({ limits, log, rooms, rights, sockets, isOwnOrigin, onRefused });
		const beatMs = Math.min(pingMs, slowReaderMs, deadMs) / 2;
		this.#timers = [
			setInterval(() => this.#beat(), beatMs),
			setInterval(() => void rights.readmitAll(), recheckMs),
			setInterval(() => void rooms.putAwayIdle(), idleMs / 2)
		];
		for (const timer of this.#timers) timer.unref();
	}

	handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		return this.#door.takeUpgrade(req, socket, head);
	}

	readmit(whom: Whom): Promise<void> {
		return this.#rights.readmit(whom);
	}

	connectedPeople(documentId?: string): { id: string; name: string }[] {
		const people = new Map<string, { id: string; name: string }>();
		for (const { room, person } of this.#sockets) {
			if (documentId !== undefined && room.id !== documentId) continue;
			people.set(person.id, { id: person.id, name: person.name });
		}
		return [...people.values()];
	}

	refusals(): ReadonlyMap<string, number> {
		return this.#refusals;
	}

	counts(): { sockets: number; documents: number } {
		return { sockets: this.#sockets.size, documents: this.#rooms.size };
	}

	async shutdown(): Promise<void> {
		this.#door.close();
		for (const timer of this.#timers) clearInterval(timer);
		await this.#rooms.flush();
		for (const connection of this.#sockets) connection.close(closeCode.restart, 'restart');
		await this.#everybodyGone();
		await this.#rooms.close();
	}

	/** A socket that does not answer the close is cut: a stop must not wait for a phone. */
	async #everybodyGone(): Promise<void> {
		const until = performance.now() + CLOSE_WITHIN_MS;
		while (this.#sockets.size > 0 && performance.now() < until) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		for (const connection of this.#sockets) connection.terminate();
	}

	#beat(): void {
		const now = performance.now();
		for (const connection of this.#sockets) connection.beat(now);
	}

	#count(reason: string): void {
		this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
	}
}
