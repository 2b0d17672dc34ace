/**
 * For tests: a sync server on the loopback with a real document log, and phones that talk to it.
 * Only admission is made up: a cookie is the name of a person, rights are a list.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as encoding from 'lib0/encoding';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { App } from '#lib/platform/server/app.ts';
import { closeCode, messageType, syncStep } from '../codes.ts';
import { connect, type Connection } from '../connect.ts';
import type { SocketClass } from '../counted-socket.ts';
import type { Admission, AdmissionRequest, Right } from './admission.ts';
import type { Limits } from './limits.ts';
import { createSyncServer, type SyncServer } from './server.ts';

export const ORIGIN = 'http://rembuk.test';

/** What people of the cast may do; absent: write. Null: nothing. */
export type Rights = Map<string, Right | null>;

export interface Harness {
	readonly sync: SyncServer;
	readonly rights: Rights;
	/** How it comes to be known what somebody may do: at once, when you do not say. */
	admits: (decide: () => Admission) => Promise<Admission>;
	/** 'ws://127.0.0.1:12345/sync' */
	readonly url: string;
	close(): Promise<void>;
}

export async function openSync(
	app: Pick<App, 'documents' | 'now' | 'log' | 'bus'>,
	limits: Partial<Limits> = {},
	port = 0
): Promise<Harness> {
	const rights: Rights = new Map();
	const sync = createSyncServer({
		app,
		limits,
		admit: (request) => harness.admits(() => admission(request, rights)),
		isOwnOrigin: ({ headers }) => headers.origin === ORIGIN
	});
	const http = createServer();
	http.on('upgrade', (req, socket, head) => void sync.handleUpgrade(req, socket, head));
	await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
	const { port: actual } = http.address() as AddressInfo;
	const close = async () => {
		await sync.shutdown();
		http.closeAllConnections();
		await new Promise((resolve) => http.close(resolve));
	};
	const harness: Harness = {
		sync,
		rights,
		admits: async (decide) => decide(),
		url: `ws://127.0.0.1:${actual}/sync`,
		close
	};
	return harness;
}

export interface ServerProcess {
	readonly url: string;
	/** Without warning. Resolves when it is gone. */
	kill(): Promise<void>;
}

/** A sync server in a process of its own, on a migrated database. */
export async function startServerProcess(databaseUrl: string): Promise<ServerProcess> {
	const child = fork(new URL('./kill.child.ts', import.meta.url), [databaseUrl], { execArgv: [] });
	const url = await new Promise<string>((resolve, reject) => {
		child.once('message', (said) => resolve(String(said)));
		child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
	});
	const kill = async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await gone;
	};
	return { url, kill };
}

function admission({ cookie }: AdmissionRequest, rights: Rights): Admission {
	if (!cookie) return { ok: false, code: closeCode.signInAgain, reason: 'sign_in' };
	const right = rights.get(cookie);
	if (right === null) return { ok: false, code: closeCode.noRight, reason: 'right' };
	const person = { id: cookie, name: cookie.toUpperCase(), role: 'participant', sessionId: cookie };
	return { ok: true, person, right: right ?? 'write' };
}

/** A document as the plans room seeds it: never empty. */
export async function seedDocument(app: App, id = 'plan-1'): Promise<string> {
	const seed = new Y.Doc();
	seed.getMap('meta').set('schema', 1);
	const update = Y.encodeStateAsUpdate(seed);
	await app.db.write((tx) =>
		app.documents.create(tx, { id, kind: 'plan', schemaNumber: 1, update })
	);
	return id;
}

/** The log's own content, as a document. */
export async function storedDocument(app: Pick<App, 'documents'>, id: string): Promise<Y.Doc> {
	const stored = await app.documents.read(id);
	const doc = new Y.Doc();
	if (stored?.snapshot) hear(doc, stored.snapshot);
	for (const { update } of stored?.updates ?? []) hear(doc, update);
	return doc;
}

/**
 * Takes in what others wrote, and no more. After news from elsewhere Yjs tidies up formatting, which
 * is an edit: of a document that tells nobody of its own it makes another one.
 */
export function hear(doc: Y.Doc, update: Uint8Array): void {
	doc.transact((transaction) => {
		Y.applyUpdate(doc, update);
		transaction.local = true; // then Yjs leaves the tidying to whoever wrote it
	});
}

/** A browser's socket as a person's phone opens it. */
export function socketOf(person: string | null, origin: string | null = ORIGIN): SocketClass {
	const headers = { ...(person && { cookie: person }), ...(origin && { origin }) };
	class PhoneSocket extends NodeSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols ?? [], { headers });
		}
	}
	// The same events and methods as a browser's, typed for Node.
	return PhoneSocket as unknown as SocketClass;
}

export interface Phone {
	readonly doc: Y.Doc;
	readonly text: Y.Text;
	readonly connection: Connection;
}

export function openPhone(
	url: string,
	person: string,
	doc = new Y.Doc(),
	Socket = socketOf(person)
): Phone {
	const connection = connect({
		documentId: 'plan-1',
		userId: person,
		epoch: 1,
		schema: 1,
		doc,
		serverUrl: url,
		Socket
	});
	return { doc, text: doc.getText('title'), connection };
}

/** The socket of a phone behind a proxy, which decides at every attempt where it goes. */
export function proxied(person: string, at: () => string): { Socket: SocketClass; cut(): void } {
	const sockets: NodeSocket[] = [];
	const Direct = socketOf(person);
	class ProxiedSocket extends Direct {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(String(url).replace(/^ws:\/\/proxy\/sync/, at()), protocols);
			sockets.push(this as unknown as NodeSocket);
		}
	}
	const cut = () => sockets.at(-1)?.terminate();
	return { Socket: ProxiedSocket, cut };
}

/** The y-websocket client as anybody may write it. */
export function openStockPhone(url: string, person: string, doc = new Y.Doc()): WebsocketProvider {
	const WebSocketPolyfill = socketOf(person) as unknown as typeof WebSocket;
	return new WebsocketProvider(url, 'plan-1', doc, { WebSocketPolyfill, disableBc: true });
}

/** For a busy machine; less than the 30 s after which the server looks at the log by itself. */
const WITHIN_MS = 15_000;

/** Waits for the thing itself. */
export async function until(
	what: () => boolean | Promise<boolean>,
	withinMs = WITHIN_MS
): Promise<void> {
	const end = performance.now() + withinMs;
	while (!(await what())) {
		if (performance.now() > end) throw new Error(`never happened: ${what.toString()}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

export const isSaved = ({ connection }: Phone): boolean => connection.now.state === 'saved';

const withLength = (bytes: Uint8Array) =>
	encoding.encode((to) => encoding.writeVarUint8Array(to, bytes));
export const asUpdate = (update: Uint8Array) => [
	messageType.sync,
	syncStep.update,
	withLength(update)
];
export const asStep2 = (update: Uint8Array) => [
	messageType.sync,
	syncStep.step2,
	withLength(update)
];

export interface RawPhone {
	readonly socket: NodeSocket;
	readonly frames: Uint8Array[];
	/** How the server closed it. */
	readonly closed: Promise<{ code: number; reason: string }>;
	send(...bytes: (number | Uint8Array)[]): void;
}

/** A socket that sends whatever it is told, for attacks. */
export async function openRaw(
	url: string,
	person: string | null,
	query = '?ack=1'
): Promise<RawPhone> {
	const headers = { origin: ORIGIN, ...(person && { cookie: person }) };
	const socket = new NodeSocket(`${url}/plan-1${query}`, { headers });
	const frames: Uint8Array[] = [];
	socket.on('message', (data: Buffer) => frames.push(data));
	socket.on('error', () => {});
	const closed = new Promise<{ code: number; reason: string }>((resolve) =>
		socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
	);
	await new Promise((resolve) => socket.once('open', resolve));
	const send = (...parts: (number | Uint8Array)[]) =>
		socket.send(
			Buffer.concat(parts.map((part) => Buffer.from(typeof part === 'number' ? [part] : part)))
		);
	return { socket, frames, closed, send };
}
