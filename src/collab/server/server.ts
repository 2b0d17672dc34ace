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
import type { Connection } from './connection.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Metrics, type Counts } from './metrics.ts';
import { withinOrNot } from './patience.ts';
import { Neighbours } from './neighbours.ts';
import { Rights, type Whom } from './rights.ts';
import { Rooms } from './rooms.ts';
import { Sockets } from './sockets.ts';

export interface SyncServerOptions {
	readonly app: Pick<App, 'documents' | 'now' | 'log' | 'bus'>;
	readonly admit: Admit;
	/** Whether a page of ours asks, and not one of a stranger in the same browser. */
	readonly isOwnOrigin: (req: IncomingMessage) => boolean;
	readonly limits?: Partial<Limits>;
}

export interface SyncServer {
	handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
	/** Asks again, within a second, what everybody concerned may do; on all nodes within five. */
	readmit(whom: Whom): Promise<void>;
	/** The epoch or the shape of a document has risen: everybody in it, on all nodes, comes again. */
	replaced(documentId: string): Promise<void>;
	/** How often something was refused, by reason. */
	refusals(): ReadonlyMap<string, number>;
	/** How many there are now. */
	counts(): Counts;
	/** Something was thrown in this process that nobody caught. */
	noteFailure(reason: string): void;
	/** All of it for an operator, in the format Prometheus reads. */
	metrics(): Promise<string>;
	/** Takes nobody any more, stores everything, closes all sockets. */
	shutdown(): Promise<void>;
}

/** A storage that does not answer must not hold up a stop: what is not acknowledged comes again. */
const STORE_WITHIN_MS = 3000;
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
	readonly #neighbours: Neighbours | null;
	readonly #refusals = new Map<string, number>();
	readonly #metrics = new Metrics(this);
	readonly #timers: NodeJS.Timeout[];

	constructor({ app, admit, isOwnOrigin, limits: changes }: SyncServerOptions) {
		const limits = { ...defaultLimits, ...changes };
		const { documents, now, log, bus } = app;
		const { admissionMs, pingMs, slowReaderMs, deadMs, uncheckedMs } = limits;
		const sockets = this.#sockets;
		const neighbours = (this.#neighbours = bus && new Neighbours(bus, log));
		const rights = (this.#rights = new Rights({ admit, sockets, log, admissionMs }));
		const rooms = (this.#rooms = new Rooms({
			...{ documents, now, log, limits, neighbours, rights },
			metrics: this.#metrics
		}));
		neighbours?.listen({ rooms, rights });
		const onRefused = (reason: string) => this.#count(reason);
		this.#door = new Door({ limits, log, rooms, rights, sockets, isOwnOrigin, onRefused });
		const beatMs = Math.min(pingMs, slowReaderMs, deadMs, uncheckedMs) / 2;
		this.#timers = [
			setInterval(() => this.#beat(), beatMs),
			setInterval(() => void rights.readmitAll(), limits.recheckMs),
			setInterval(() => void rooms.putAwayIdle(), limits.idleMs / 2)
		];
		if (neighbours) this.#timers.push(setInterval(() => neighbours.look(), limits.catchUpMs));
		for (const timer of this.#timers) timer.unref();
	}

	handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		return this.#door.takeUpgrade(req, socket, head);
	}

	readmit(whom: Whom): Promise<void> {
		this.#neighbours?.tellRights(whom);
		return this.#rights.readmit(whom);
	}

	replaced(documentId: string): Promise<void> {
		this.#neighbours?.tellReplaced(documentId);
		return this.#rooms.replaced(documentId);
	}

	refusals(): ReadonlyMap<string, number> {
		return this.#refusals;
	}

	counts(): Counts {
		const { size: documents, damaged, unstored } = this.#rooms;
		return { sockets: this.#sockets.size, documents, damaged, unstored };
	}

	noteFailure(reason: string): void {
		this.#metrics.processFailed(reason);
	}

	metrics(): Promise<string> {
		return this.#metrics.text();
	}

	async shutdown(): Promise<void> {
		this.#door.close();
		for (const timer of this.#timers) clearInterval(timer);
		// People go on typing: what is not read any more stays on their phones, unacknowledged.
		const connections = [...this.#sockets];
		for (const connection of connections) connection.pause();
		await withinOrNot(STORE_WITHIN_MS, this.#storeEverything(connections));
		for (const connection of connections) connection.close(closeCode.restart, 'restart');
		for (const connection of connections) connection.resume();
		await this.#everybodyGone();
		await withinOrNot(STORE_WITHIN_MS, this.#rooms.close());
		this.#neighbours?.close();
	}

	async #storeEverything(connections: readonly Connection[]): Promise<void> {
		await Promise.all(connections.map((connection) => connection.settled()));
		await this.#rooms.flush();
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
