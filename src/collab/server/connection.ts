/**
 * One socket: counts what it sends, reads it, hands it to its document (SPEC [LIM], [WIRE]).
 */
import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { closeCode, type CloseCode, type Notice } from '../codes.ts';
import type { Admission, AdmissionRequest, Person, Right } from './admission.ts';
import { Backlog } from './backlog.ts';
import { Malformed } from './bytes.ts';
import { Allowance, type Limits } from './limits.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';
import {
	acknowledgementFrame,
	awarenessFrame,
	noticeFrame,
	readMessage,
	type Message
} from './wire.ts';

export interface ConnectionTools {
	readonly ws: WebSocket;
	/** The socket below `ws`: complete frames are written to it as they are. */
	readonly socket: Socket;
	readonly room: Room;
	readonly request: AdmissionRequest;
	readonly person: Person;
	readonly right: Right;
	/** It asked for acknowledgements and notices; a stock client would complain about them. */
	readonly wantsNews: boolean;
	/** It puts long messages together that come in parts. */
	readonly inParts: boolean;
	readonly limits: Limits;
	readonly onRefused: (reason: string) => void;
	/** A bug, or a document that is not what it should be: never the end of the process. */
	readonly onFailure: (thrown: unknown) => void;
}

const OPEN = 1;
/** An awareness update about nobody: keeps y-websocket from taking a quiet socket for a dead one. */
const NOBODY = awarenessFrame(Uint8Array.of(0));

export class Connection implements Peer {
	clientId: number | null = null;
	synced = false;
	early = 0;
	dropped = false;
	person: Person;
	right: Right;
	/** When its right was last asked for and answered. */
	knownAtMs = performance.now();
	mayWriteAtMs: number;
	readonly room: Room;
	readonly request: AdmissionRequest;
	readonly inParts: boolean;
	readonly #ws: WebSocket;
	readonly #socket: Socket;
	readonly #wantsNews: boolean;
	readonly #backlog: Backlog;
	readonly #limits: Limits;
	readonly #onRefused: (reason: string) => void;
	readonly #onFailure: (thrown: unknown) => void;
	readonly #frames: Allowance;
	readonly #bytes: Allowance;
	readonly #step1: Allowance;
	/** Made when it is needed: a thousand silent sockets need none. */
	#awareness: Allowance | null = null;
	#acknowledged = 0;
	#ended = false;
	/** What came while the document asked the log; null when it does not. */
	#held: Buffer[] | null = null;
	#holding: Promise<void> | null = null;
	/** Rights may change again while they are being asked for. */
	#pauses = 0;
	#heardAtMs = performance.now();
	#pingedAtMs = performance.now();

	constructor(tools: ConnectionTools) {
		const { ws, socket, room, request, person, right, wantsNews, limits } = tools;
		this.#ws = ws;
		this.#socket = socket;
		this.room = room;
		this.request = request;
		this.person = person;
		this.right = room.isDamaged ? 'read' : right;
		this.mayWriteAtMs = this.right === 'write' ? this.knownAtMs : -Infinity;
		this.#wantsNews = wantsNews;
		this.inParts = tools.inParts;
		this.#backlog = new Backlog(socket, limits);
		this.#limits = limits;
		this.#onRefused = tools.onRefused;
		this.#onFailure = tools.onFailure;
		const now = performance.now();
		this.#frames = new Allowance(limits.framesPerSecond, limits.framesBurst, now);
		this.#bytes = new Allowance(limits.bytesPerSecond, limits.bytesBurst, now);
		this.#step1 = new Allowance(limits.step1PerSecond, limits.step1Burst, now);
		ws.on('message', (data, isBinary) => this.#receive(data, isBinary));
		ws.on('pong', () => (this.#heardAtMs = performance.now()));
		ws.on('error', () => {}); // the close that follows says enough
	}

	// --- coming in

	#receive(data: RawData, isBinary: boolean): void {
		if (this.#ended) return;
		const now = (this.#heardAtMs = performance.now());
		if (!isBinary || !Buffer.isBuffer(data)) return this.#refuse(closeCode.malformed, 'text_frame');
		if (!this.#frames.take(1, now)) return this.#refuse(closeCode.tooFast, 'frames');
		if (!this.#bytes.take(data.length, now)) return this.#refuse(closeCode.tooFast, 'bytes');
		if (this.#held) this.#held.push(data);
		else this.#read(data, now);
	}

	#read(data: Buffer, now: number): void {
		try {
			this.#pass(readMessage(data), now);
		} catch (thrown) {
			if (thrown instanceof Malformed) this.#refuse(closeCode.malformed, thrown.reason);
			else this.#onFailure(thrown);
		}
	}

	#pass(message: Message, now: number): void {
		switch (message.kind) {
			case 'step 1':
				if (!this.#step1.take(1, now)) return this.#refuse(closeCode.tooFast, 'step_1');
				return this.room.answer(this, message.stateVector);
			case 'step 2':
			case 'update':
				return this.#edit(message.kind, message.update);
			case 'awareness':
				return this.#passAwareness(message.body, now);
			case 'query awareness':
				return this.room.tellPresence(this);
		}
	}

	#edit(step: 'step 2' | 'update', update: Uint8Array): void {
		const { step2Bytes, updateBytes } = this.#limits;
		if (update.length > (step === 'step 2' ? step2Bytes : updateBytes)) {
			return this.#refuse(closeCode.tooLarge, 'update');
		}
		const answer = this.room.receive(this, step, update);
		if (answer instanceof Promise) this.#holding = this.#hold(answer);
		else if (answer) this.#refuse(closeCode.malformed, answer);
	}

	/** Resolves when everything that was read has been handed to the document. */
	async settled(): Promise<void> {
		while (this.#holding) await this.#holding;
	}

	/** Nothing is read until the document knows what to do; what had come already waits, in order. */
	async #hold(answer: Promise<string | null>): Promise<void> {
		const held: Buffer[] = (this.#held = []);
		this.pause();
		try {
			const reason = await answer;
			if (reason) this.#refuse(closeCode.malformed, reason);
		} catch {
			this.close(closeCode.tryAgain, 'storage');
		}
		this.#held = null;
		this.#holding = null;
		for (const data of held) this.#receiveHeld(data);
		this.resume();
	}

	#receiveHeld(data: Buffer): void {
		if (this.#ended) return;
		if (this.#held) this.#held.push(data);
		else this.#read(data, performance.now());
	}

	/** Too many or too large ones are dropped: a cursor is not worth a socket. */
	#passAwareness(body: Uint8Array, now: number): void {
		const { awarenessBytes, awarenessPerSecond } = this.#limits;
		if (body.length > awarenessBytes) return this.#onRefused('awareness_large');
		this.#awareness ??= new Allowance(awarenessPerSecond, 2 * awarenessPerSecond, now);
		if (!this.#awareness.take(1, now)) return this.#onRefused('awareness_fast');
		this.room.hearPresence(this, body);
	}

	#refuse(code: CloseCode, reason: string): void {
		this.#onRefused(reason);
		this.close(code, reason);
	}

	// --- going out

	send(...frames: Uint8Array[]): void {
		if (this.#ended || this.#ws.readyState !== OPEN) return;
		if (this.#backlog.isTooLong) return this.#cutOff();
		const [only] = frames;
		if (frames.length === 1 && only) return void this.#socket.write(only);
		this.#socket.cork(); // several pieces, one packet
		for (const frame of frames) this.#socket.write(frame);
		this.#socket.uncork();
	}

	acknowledgement(more: number): Uint8Array | null {
		this.#acknowledged += more;
		return this.#wantsNews && more > 0 ? acknowledgementFrame(this.#acknowledged) : null;
	}

	notify(notice: Notice): void {
		if (this.#wantsNews) this.send(noticeFrame(notice));
	}

	close(code: CloseCode, reason: string): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#ws.close(code, reason);
		// Nothing is read any more but its goodbye: whoever was not read would be waited for.
		this.#ws.resume();
	}

	terminate(): void {
		this.#ended = true;
		this.#ws.terminate();
	}

	// --- rights that change while it is open

	/** Until the right is known again nothing of this socket is read; nothing is lost either. */
	pause(): void {
		this.#pauses++;
		if (!this.#ended) this.#ws.pause();
	}

	resume(): void {
		this.#pauses--;
		if (this.#pauses === 0) this.#ws.resume();
	}

	learn(admission: Admission, askedAtMs: number): void {
		if (askedAtMs < this.knownAtMs) return; // a later question was answered sooner
		this.knownAtMs = askedAtMs;
		if (admission.ok) {
			this.#setRight(admission.person, admission.right);
			if (this.right === 'write') this.mayWriteAtMs = askedAtMs;
			return;
		}
		this.right = 'read'; // what the document still holds back of it is not taken either
		this.close(admission.code, admission.reason);
	}

	#setRight(person: Person, given: Right): void {
		this.person = person;
		const right = this.room.isDamaged ? 'read' : given;
		if (right === this.right) return;
		this.right = right;
		// What was dropped meanwhile is still on the phone: let it come again as a whole.
		if (right === 'write' && this.dropped) return this.close(closeCode.tryAgain, 'right_returned');
		this.notify({ code: 'right', right });
	}

	// --- alive, and keeping up

	/** Called every few seconds. */
	beat(now: number): void {
		// Whom we do not read, we do not hear.
		if (this.#pauses > 0) this.#heardAtMs = now;
		if (now - this.#heardAtMs > this.#limits.deadMs) return this.terminate();
		if (now - this.knownAtMs > this.#limits.uncheckedMs) {
			return this.#refuse(closeCode.tryAgain, 'not_now');
		}
		if (this.#backlog.isTooSlow(now)) return this.#cutOff();
		if (now - this.#pingedAtMs < this.#limits.pingMs) return;
		this.#pingedAtMs = now;
		if (this.#ws.readyState !== OPEN) return;
		this.#ws.ping();
		this.send(NOBODY);
	}

	/** It comes back by itself and asks for what it lacks. */
	#cutOff(): void {
		this.#onRefused('slow_reader');
		this.terminate();
	}
}
