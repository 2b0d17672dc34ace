/**
 * The browser's connection to one shared document, loaded only by pages that co-edit.
 *
 * Keeps a copy on the phone for each person, document and epoch, syncs it whenever there is a
 * signal, and says truthfully where the work is. A refusal ends the retrying: the text stays here.
 */
import * as decoding from 'lib0/decoding';
import type { IndexeddbPersistence } from 'y-indexeddb';
import { WebsocketProvider } from 'y-websocket';
import type { Doc } from 'yjs';
import { messageType, type Notice } from './codes.ts';
import { openCopy, setAside } from './copies.ts';
import { countedSocket, type SocketClass } from './counted-socket.ts';
import { Parts } from './parts.ts';
import { peopleIn, type PersonHere } from './people-here.ts';
import {
	isAway,
	Ledger,
	refusalOf,
	refusalOfDropped,
	retryWaitMs,
	saveStateOf,
	type Closing,
	type RefusalReason,
	type SaveState
} from './save-state.ts';

export interface ConnectOptions {
	readonly documentId: string;
	readonly userId: string;
	readonly epoch: number;
	readonly schema: number;
	readonly doc: Doc;
	/** Where the server is, and by which sockets; the page's own when you do not say. */
	readonly serverUrl?: string;
	readonly Socket?: SocketClass;
}

export interface ConnectionState {
	readonly state: SaveState;
	/** When the server last confirmed that it has everything. */
	readonly savedAt: Date | null;
	readonly reason: RefusalReason | null;
	/** Null until the server has said so. */
	readonly right: 'read' | 'write' | null;
	readonly people: readonly PersonHere[];
}

export interface Connection {
	readonly now: ConnectionState;
	/** Calls the listener at once and at every change; returns the function that stops it. */
	subscribe(listener: (now: ConnectionState) => void): () => void;
	/** Tells the others which field this person is in: 'row.key', or null. */
	setField(field: string | null): void;
	/**
	 * Puts what is here aside, out of the way of what is on the server, and ends the connection: for
	 * an owner whose copy the server will not take. `oldCopies` shows it from then on.
	 */
	setAside(): Promise<void>;
	/** Ends the connection; the copy on this phone stays. */
	destroy(): void;
}

export function connect(options: ConnectOptions): Connection {
	return new LiveConnection(options);
}

/** A phone without a place to keep a copy (private mode) must still get online. */
const COPY_MS = 3000;
/** Far enough that y-websocket's own doubling never decides: see `retryWaitMs`. */
const OUR_BACKOFF = 30;

class LiveConnection implements Connection {
	readonly #options: ConnectOptions;
	readonly #ledger = new Ledger();
	readonly #parts = new Parts();
	readonly #provider: WebsocketProvider;
	#copy: IndexeddbPersistence | null;
	readonly #listeners = new Set<(now: ConnectionState) => void>();
	#refused: RefusalReason | null = null;
	#storageAway = false;
	#savedAt: Date | null = null;
	#right: 'read' | 'write' | null = null;
	#attempts = 0;
	#telling = false;
	#destroyed = false;

	constructor(options: ConnectOptions) {
		this.#options = options;
		this.#copy = openCopy(options, options.doc);
		this.#provider = this.#openProvider();
		this.#listen();
		void this.#start();
	}

	get now(): ConnectionState {
		return this.#look();
	}

	subscribe(listener: (now: ConnectionState) => void): () => void {
		this.#listeners.add(listener);
		listener(this.#look());
		return () => this.#listeners.delete(listener);
	}

	setField(field: string | null): void {
		this.#provider.awareness.setLocalStateField('field', field);
	}

	destroy(): void {
		this.#destroyed = true;
		this.#listeners.clear();
		this.#options.doc.off('update', this.#changed);
		if (typeof window !== 'undefined') {
			window.removeEventListener('online', this.#online);
			window.removeEventListener('offline', this.#offline);
		}
		this.#provider.destroy();
		this.#provider.awareness.destroy();
		void this.#copy?.destroy();
	}

	async setAside(): Promise<void> {
		this.#provider.disconnect();
		const copy = this.#copy;
		this.#copy = null;
		await copy?.destroy();
		await setAside(this.#options, this.#options.doc);
	}

	#openProvider(): WebsocketProvider {
		const { documentId, epoch, schema, doc, Socket = WebSocket } = this.#options;
		// What follows would rest on what could not be sent: stop, and keep all of it here.
		const tooLarge = () => {
			this.#provider.disconnect();
			this.#refuse('large');
		};
		return new WebsocketProvider(this.#options.serverUrl ?? ownServer(), documentId, doc, {
			connect: false,
			// Between tabs everything goes through the server: what comes sideways is never acknowledged.
			disableBc: true,
			params: { ack: '1', parts: '1', epoch: String(epoch), schema: String(schema) },
			WebSocketPolyfill: countedSocket(Socket, this.#ledger, tooLarge),
			shouldReconnect: ({ code }) => refusalOf(code) === null
		});
	}

	#listen(): void {
		const provider = this.#provider;
		provider.messageHandlers[messageType.acknowledgement] = (_, decoder) => {
			this.#acknowledged(decoding.readVarUint(decoder));
		};
		provider.messageHandlers[messageType.notice] = (_, decoder) => {
			this.#hear(JSON.parse(decoding.readVarString(decoder)) as Notice);
		};
		provider.messageHandlers[messageType.part] = (encoder, decoder, ...how) => {
			const whole = this.#parts.take(decoder);
			if (!whole) return;
			const message = decoding.createDecoder(whole);
			provider.messageHandlers[decoding.readVarUint(message)]?.(encoder, message, ...how);
		};
		provider.on('status', ({ status }) => this.#statusChanged(status));
		provider.on('sync', this.#changed);
		provider.on('connection-close', (event) => this.#waitBeforeRetry(event));
		provider.on('closed', ({ code, reason }) =>
			this.#refuse(refusalOf(code, reason) ?? 'malformed')
		);
		provider.awareness.on('change', this.#changed);
		this.#options.doc.on('update', this.#changed);
		if (typeof window !== 'undefined') {
			window.addEventListener('online', this.#online);
			window.addEventListener('offline', this.#offline);
		}
	}

	/**
	 * The copy first, then the network: what was typed on an earlier day then goes out in one piece
	 * with the first sync, and people see their text at once.
	 */
	async #start(): Promise<void> {
		if (this.#copy) await Promise.race([this.#copy.whenSynced, later(COPY_MS)]);
		if (this.#destroyed) return;
		this.#changed();
		this.#provider.connect();
	}

	#statusChanged(status: string): void {
		// Its own presence ended with the last socket; under a new clock the others take it again.
		const { awareness } = this.#provider;
		if (status === 'connected') awareness.setLocalState({ ...awareness.getLocalState() });
		this.#changed();
	}

	/** The server closes for reasons of its own; y-websocket's waits have no chance in them. */
	#waitBeforeRetry(closing: Closing): void {
		this.#storageAway = isAway(closing);
		this.#parts.forget();
		this.#provider.maxBackoffTime = retryWaitMs(this.#attempts++, closing);
		this.#provider.wsUnsuccessfulReconnects = OUR_BACKOFF;
		this.#changed();
	}

	readonly #online = (): void => {
		if (this.#refused === null) this.#provider.connect();
	};

	/** The phone itself says so at once; a dead socket is found out only after half a minute. */
	readonly #offline = (): void => this.#provider.disconnect();

	#acknowledged(count: number): void {
		this.#ledger.acknowledged(count);
		this.#storageAway = false;
		if (this.#ledger.everythingOnDisk) {
			this.#savedAt = new Date();
			// Not earlier: a server that lets people in and cannot store would be asked without end.
			this.#attempts = 0;
		}
		this.#changed();
	}

	#hear(notice: Notice): void {
		if (notice.code === 'right') {
			// Admitted (again): what was refused before is being sent again right now.
			this.#right = notice.right;
			this.#refused = null;
			// In the midst of a connection: whoever could not be asked about can be again.
			if (this.#provider.synced) this.#storageAway = false;
		} else if (notice.reason === 'storage') {
			this.#storageAway = true;
		} else {
			this.#refused = refusalOfDropped(notice.reason);
		}
		this.#changed();
	}

	#refuse(reason: RefusalReason): void {
		this.#refused = reason;
		// Nothing may write into a copy of an earlier epoch, not even this page.
		if (reason === 'rebuilt') void this.setAside().catch(() => {});
		this.#changed();
	}

	/** Many things change together; who listens hears of it once. */
	readonly #changed = (): void => {
		if (this.#telling) return;
		this.#telling = true;
		queueMicrotask(() => {
			this.#telling = false;
			if (this.#destroyed) return;
			const now = this.#look();
			for (const listener of this.#listeners) listener(now);
		});
	};

	#look(): ConnectionState {
		const { wsconnected: connected, synced } = this.#provider;
		const state = saveStateOf({
			refused: this.#refused,
			storageAway: this.#storageAway,
			connected,
			synced,
			everythingOnDisk: this.#ledger.everythingOnDisk,
			hasContent: this.#options.doc.store.clients.size > 0,
			failedOnce: this.#attempts > 0
		});
		return {
			state,
			savedAt: this.#savedAt,
			reason: this.#refused,
			right: this.#right,
			people: peopleIn(this.#provider.awareness, this.#options.userId)
		};
	}
}

function ownServer(): string {
	const { protocol, host } = window.location;
	return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/sync`;
}

function later(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
