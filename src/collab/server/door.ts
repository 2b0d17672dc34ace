/**
 * Where sockets come in: origin, person, right, document, places (SPEC [ADM], [LIM5]).
 *
 * Nothing is read from a socket before its person is known; the reason of a refusal goes after the
 * handshake, because a browser tells its page nothing about a failed one.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { whereThrown, type Log } from '#lib/platform/server/log.ts';
import { closeCode, type CloseCode } from '../codes.ts';
import type { Admission, AdmissionRequest } from './admission.ts';
import { Connection } from './connection.ts';
import type { Limits } from './limits.ts';
import { within } from './patience.ts';
import type { Rights } from './rights.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import type { Sockets } from './sockets.ts';

export interface DoorTools {
	readonly limits: Limits;
	readonly log: Log;
	readonly rooms: Rooms;
	readonly rights: Rights;
	readonly sockets: Sockets;
	/** Whether a page of ours asks, and not one of a stranger in the same browser. */
	readonly isOwnOrigin: (req: IncomingMessage) => boolean;
	readonly onRefused: (reason: string) => void;
}

const PATH = /^\/sync\/([\w.:-]{1,128})(?:\?|$)/;
/** Room for the message around an update of the largest size. */
const FRAME_SLACK = 1024;

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

interface Arrival {
	readonly ws: WebSocket;
	readonly socket: Socket;
	readonly request: AdmissionRequest;
	readonly query: URLSearchParams;
}

export class Door {
	readonly #tools: DoorTools;
	readonly #wss: WebSocketServer;
	#closed = false;

	constructor(tools: DoorTools) {
		this.#tools = tools;
		this.#wss = new WebSocketServer({
			noServer: true,
			clientTracking: false,
			perMessageDeflate: false,
			skipUTF8Validation: true,
			maxPayload: tools.limits.step2Bytes + FRAME_SLACK,
			WebSocket: Socket4413
		});
	}

	/** Nobody comes in any more. */
	close(): void {
		this.#closed = true;
	}

	async takeUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		const { isOwnOrigin, sockets, limits } = this.#tools;
		endWithError(socket);
		if (!isOwnOrigin(req)) return this.#turnAway(socket, 403, 'foreign_origin');
		if (this.#closed || sockets.size >= limits.sockets) {
			return this.#turnAway(socket, 503, 'no_place');
		}
		const query = new URL(req.url ?? '', 'http://sync').searchParams;
		const documentId = PATH.exec(req.url ?? '')?.[1];
		const request = { documentId: documentId ?? '', cookie: req.headers.cookie };
		const entrance = documentId ? await this.#enter(request) : NO_SUCH_DOCUMENT;
		if (this.#closed || socket.destroyed) return this.#turnAway(socket, 503, 'no_place');
		this.#wss.handleUpgrade(req, socket, head, (ws) =>
			this.#welcome({ ws, socket: socket as Socket, request, query, ...entrance })
		);
	}

	async #enter(request: AdmissionRequest): Promise<Entrance> {
		const { limits, log } = this.#tools;
		try {
			return await within(limits.admissionMs, this.#admitAndOpen(request));
		} catch (thrown) {
			log('error', 'socket_not_admitted', { where: whereThrown(thrown) });
			return TRY_AGAIN;
		}
	}

	/** Again when rights changed meanwhile: the answer may be of before. */
	async #admitAndOpen(request: AdmissionRequest): Promise<Entrance> {
		const { rights, rooms } = this.#tools;
		for (;;) {
			const asked = rights.changes;
			const admission = await rights.ask(request);
			const room = admission.ok ? await rooms.open(request.documentId) : null;
			if (asked === rights.changes) return { admission, room };
		}
	}

	#welcome(guest: Entrance & Arrival): void {
		const { limits, sockets, onRefused } = this.#tools;
		const { ws, socket, room, admission, request, query } = guest;
		ws.on('error', () => {});
		const refuse = (code: CloseCode, reason: string) => {
			onRefused(reason);
			ws.close(code, reason);
		};
		if (!admission.ok) return refuse(admission.code, admission.reason);
		if (!room) return refuse(closeCode.noRight, 'no_such_document');
		if (room.closed) return refuse(closeCode.tryAgain, 'storage');
		const old = whatIsOld(query, room);
		if (old) return refuse(closeCode.tooOld, old);
		if (room.peers.size >= limits.socketsPerDocument) {
			return refuse(closeCode.tryAgain, 'document_busy');
		}
		this.#makePlaceFor(admission.person.id);
		socket.setNoDelay(true);
		const { person, right } = admission;
		const wantsNews = query.get('ack') === '1';
		const inParts = query.get('parts') === '1';
		const onFailure = (thrown: unknown) => this.#tools.rooms.failed(room, thrown);
		const connection = new Connection({
			...{ ws, socket, room, request, person, right, wantsNews, inParts },
			...{ limits, onRefused, onFailure }
		});
		sockets.add(connection);
		ws.on('close', () => {
			sockets.delete(connection);
			room.leave(connection);
		});
		room.join(connection);
	}

	/** The newest wins: the older ones are mostly left over from a signal that was lost. */
	#makePlaceFor(personId: string): void {
		const { limits, sockets, onRefused } = this.#tools;
		const own = [...sockets.of(personId)];
		const tooMany = own.length + 1 - limits.socketsPerPerson;
		for (const connection of own.slice(0, Math.max(0, tooMany))) {
			onRefused('too_many_sockets');
			connection.close(closeCode.tooFast, 'too_many_sockets');
			sockets.delete(connection);
		}
	}

	#turnAway(socket: Duplex, status: number, reason: string): void {
		this.#tools.onRefused(reason);
		socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
	}
}

/** By itself, so that what listens for ever does not keep all that is at hand when somebody comes in. */
function endWithError(socket: Duplex): void {
	socket.on('error', () => socket.destroy());
}

const NO_SUCH_DOCUMENT: Entrance = {
	admission: { ok: false, code: closeCode.noRight, reason: 'no_such_document' },
	room: null
};
const TRY_AGAIN: Entrance = {
	admission: { ok: false, code: closeCode.tryAgain, reason: 'not_now' },
	room: null
};

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
