/**
 * The sync server: takes upgrades of `/sync/<document>`, admits people, keeps their sockets honest.
 *
 * What admits is handed in, so that this file knows documents and sockets, not plans and sessions.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { App } from '#lib/platform/server/app.ts';
import { whereThrown } from '#lib/platform/server/log.ts';
import { closeCode, type CloseCode } from '../codes.ts';
import type { Admission, AdmissionRequest, Admit } from './admission.ts';
import { Connection } from './connection.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';

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

export type Whom =
	{ readonly documentId: string } | { readonly userId: string } | { readonly sessionId: string };

const PATH = /^\/sync\/([\w.:-]{1,128})(?:\?|$)/;
/** Room for the message around an update of the largest size. */
const FRAME_SLACK = 1024;
const CLOSE_WITHIN_MS = 2000;

export function isSyncUrl(url: string): boolean {
	return url.startsWith('/sync/');
}

export function createSyncServer(options: SyncServerOptions): SyncServer {
	return new Server(options);
}

/** ws says 1009 to a frame that is too large, which y-websocket would send again for ever. */
class Socket4413 extends WebSocket {
	override close(code?: number, data?: string | Buffer): void {
		super.close(code === 1009 ? closeCode.tooLarge : code, data);
	}
}

interface Entrance {
	readonly admission: Admission;
	readonly room: Room | null;
}

class Server implements SyncServer {
	readonly #options: SyncServerOptions;
	readonly #limits: Limits;
	readonly #rooms: Rooms;
	readonly #wss: WebSocketServer;
	readonly #connections = new Set<Connection>();
	readonly #refusals = new Map<string, number>();
	readonly #timers: NodeJS.Timeout[];
	/** Rises when rights may have changed, for those who are between admission and joining. */
	#rightsChanged = 0;
	#draining = false;

	constructor(options: SyncServerOptions) {
		this.#options = options;
		this.#limits = { ...defaultLimits, ...options.limits };
		const limits = this.#limits;
		const { documents, now, log } = options.app;
		this.#rooms = new Rooms({ documents, now, log, limits });
		this.#wss = new WebSocketServer({
			noServer: true,
			clientTracking: false,
			perMessageDeflate: false,
			skipUTF8Validation: true,
			maxPayload: limits.step2Bytes + FRAME_SLACK,
			WebSocket: Socket4413
		});
		const beatMs = Math.min(limits.pingMs, limits.slowReaderMs, limits.deadMs) / 2;
		this.#timers = [
			setInterval(() => this.#beat(), beatMs),
			setInterval(() => void this.#recheckAll(), limits.recheckMs),
			setInterval(() => void this.#rooms.putAwayIdle(), limits.idleMs / 2)
		];
		for (const timer of this.#timers) timer.unref();
	}

	// --- coming in

	async handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		socket.on('error', () => socket.destroy());
		if (!this.#options.isOwnOrigin(req)) return this.#turnAway(socket, 403, 'foreign_origin');
		if (this.#draining || this.#connections.size >= this.#limits.sockets) {
			return this.#turnAway(socket, 503, 'no_place');
		}
		const query = new URL(req.url ?? '', 'http://sync').searchParams;
		const documentId = PATH.exec(req.url ?? '')?.[1];
		const request = { documentId: documentId ?? '', cookie: req.headers.cookie };
		// Nothing is read from the socket before this is known; the reason goes after the handshake.
		const entrance = documentId ? await this.#enter(request) : NO_SUCH_DOCUMENT;
		if (this.#draining || socket.destroyed) return this.#turnAway(socket, 503, 'no_place');
		this.#wss.handleUpgrade(req, socket, head, (ws) =>
			this.#welcome({ ws, socket: socket as Socket, request, query, ...entrance })
		);
	}

	async #enter(request: AdmissionRequest): Promise<Entrance> {
		try {
			return await within(this.#limits.admissionMs, this.#admitAndOpen(request));
		} catch (thrown) {
			this.#options.app.log('error', 'socket_not_admitted', { where: whereThrown(thrown) });
			return TRY_AGAIN;
		}
	}

	/** Again when rights changed meanwhile: the answer may be of before. */
	async #admitAndOpen(request: AdmissionRequest): Promise<Entrance> {
		for (;;) {
			const asked = this.#rightsChanged;
			const admission = await this.#options.admit(request);
			const room = admission.ok ? await this.#rooms.open(request.documentId) : null;
			if (asked === this.#rightsChanged) return { admission, room };
		}
	}

	#welcome(guest: Entrance & Arrival): void {
		const { ws, socket, room, admission, request, query } = guest;
		ws.on('error', () => {});
		const refuse = (code: CloseCode, reason: string) => {
			this.#count(reason);
			ws.close(code, reason);
		};
		if (!admission.ok) return refuse(admission.code, admission.reason);
		if (!room) return refuse(closeCode.noRight, 'no_such_document');
		if (room.closed) return refuse(closeCode.tryAgain, 'storage');
		const old = whatIsOld(query, room);
		if (old) return refuse(closeCode.tooOld, old);
		if (room.peers.size >= this.#limits.socketsPerDocument) {
			return refuse(closeCode.tryAgain, 'document_busy');
		}
		this.#makePlaceFor(admission.person.id);
		socket.setNoDelay(true);
		const { person, right } = admission;
		const wantsNews = query.get('ack') === '1';
		const onRefused = (reason: string) => this.#count(reason);
		const limits = this.#limits;
		const connection = new Connection({
			...{ ws, socket, room, request, person, right, wantsNews, limits, onRefused }
		});
		this.#connections.add(connection);
		ws.on('close', () => {
			this.#connections.delete(connection);
			room.leave(connection);
		});
		room.join(connection);
	}

	/** The newest wins: the older ones are mostly left over from a signal that was lost. */
	#makePlaceFor(personId: string): void {
		const own = [...this.#connections].filter(({ person }) => person.id === personId);
		const tooMany = own.length + 1 - this.#limits.socketsPerPerson;
		for (const connection of own.slice(0, Math.max(0, tooMany))) {
			this.#count('too_many_sockets');
			connection.close(closeCode.tooFast, 'too_many_sockets');
			this.#connections.delete(connection);
		}
	}

	#turnAway(socket: Duplex, status: number, reason: string): void {
		this.#count(reason);
		socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
	}

	// --- rights that change

	async readmit(whom: Whom): Promise<void> {
		this.#rightsChanged++;
		const concerned = [...this.#connections].filter((connection) => concerns(whom, connection));
		for (const connection of concerned) connection.pause();
		await this.#recheck(concerned);
		for (const connection of concerned) connection.resume();
	}

	async #recheckAll(): Promise<void> {
		await this.#recheck([...this.#connections]);
	}

	async #recheck(connections: readonly Connection[]): Promise<void> {
		for (const connection of connections) {
			if (!this.#connections.has(connection)) continue;
			const admission = await this.#askAgain(connection.request);
			if (admission.ok) connection.setRight(admission.person, admission.right);
			else connection.close(admission.code, admission.reason);
		}
	}

	/** When nobody can say, the socket goes and comes back: an old answer is not trusted. */
	async #askAgain(request: AdmissionRequest): Promise<Admission> {
		try {
			return await within(this.#limits.admissionMs, this.#options.admit(request));
		} catch (thrown) {
			this.#options.app.log('error', 'socket_not_rechecked', { where: whereThrown(thrown) });
			return TRY_AGAIN.admission;
		}
	}

	// --- looking after it

	connectedPeople(documentId?: string): { id: string; name: string }[] {
		const people = new Map<string, { id: string; name: string }>();
		for (const { room, person } of this.#connections) {
			if (documentId !== undefined && room.id !== documentId) continue;
			people.set(person.id, { id: person.id, name: person.name });
		}
		return [...people.values()];
	}

	refusals(): ReadonlyMap<string, number> {
		return this.#refusals;
	}

	counts(): { sockets: number; documents: number } {
		return { sockets: this.#connections.size, documents: this.#rooms.size };
	}

	async shutdown(): Promise<void> {
		this.#draining = true;
		for (const timer of this.#timers) clearInterval(timer);
		await this.#rooms.flush();
		for (const connection of this.#connections) connection.close(closeCode.restart, 'restart');
		await this.#everybodyGone();
		await this.#rooms.close();
	}

	/** A socket that does not answer the close is cut: a stop must not wait for a phone. */
	async #everybodyGone(): Promise<void> {
		const until = performance.now() + CLOSE_WITHIN_MS;
		while (this.#connections.size > 0 && performance.now() < until) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		for (const connection of this.#connections) connection.terminate();
	}

	#beat(): void {
		const now = performance.now();
		for (const connection of this.#connections) connection.beat(now);
	}

	#count(reason: string): void {
		this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
	}
}

interface Arrival {
	readonly ws: WebSocket;
	readonly socket: Socket;
	readonly request: AdmissionRequest;
	readonly query: URLSearchParams;
}

const NO_SUCH_DOCUMENT: Entrance = {
	admission: { ok: false, code: closeCode.noRight, reason: 'no_such_document' },
	room: null
};
const TRY_AGAIN: Entrance = {
	admission: { ok: false, code: closeCode.tryAgain, reason: 'not_now' },
	room: null
};

function concerns(whom: Whom, { room, person }: Connection): boolean {
	if ('documentId' in whom) return room.id === whom.documentId;
	if ('userId' in whom) return person.id === whom.userId;
	return person.sessionId === whom.sessionId;
}

/**
 * A copy from before a document was rebuilt must not be merged into it; a page from before an
 * upgrade must not write in the old shape. A stock client names neither: it has seen no rebuild.
 */
function whatIsOld(query: URLSearchParams, room: Room): string | null {
	const epoch = Number(query.get('epoch') ?? 1);
	const schema = Number(query.get('schema') ?? room.schemaNumber);
	if (!(epoch >= room.epoch)) return 'epoch';
	return schema >= room.schemaNumber ? null : 'schema';
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('took too long')), ms);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
