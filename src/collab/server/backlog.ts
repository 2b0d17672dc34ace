/** What one socket has not taken yet (SPEC [LIM6]): a long document on a weak signal takes its time; too slow is who takes nothing. */
import type { Socket } from 'node:net';
import type { Limits } from './limits.ts';

export class Backlog {
	readonly #socket: Socket;
	readonly #limits: Limits;
	#untaken = 0;
	#slowSinceMs: number | null = null;

	constructor(socket: Socket, limits: Limits) {
		this.#socket = socket;
		this.#limits = limits;
	}

	/** What waits for one who does not read takes the memory of all: not even for seconds. */
	get isTooLong(): boolean {
		return this.#socket.writableLength > this.#limits.backlogMostBytes;
	}

	/** Asked every few seconds. */
	isTooSlow(now: number): boolean {
		const { backlogBytes, slowReaderMs } = this.#limits;
		const untaken = untakenBytes(this.#socket);
		const takes = untaken !== this.#untaken;
		this.#untaken = untaken;
		if (takes || this.#socket.writableLength <= backlogBytes) this.#slowSinceMs = null;
		else this.#slowSinceMs ??= now;
		return this.#slowSinceMs !== null && now - this.#slowSinceMs > slowReaderMs;
	}
}

/**
 * What the network has not taken yet of the piece that is being written. Only here does Node show
 * that a large piece is on its way: its own timeout of sockets looks at the same number.
 */
function untakenBytes(socket: Socket): number {
	const { _handle } = socket as Socket & { _handle?: { writeQueueSize?: number } | null };
	return _handle?.writeQueueSize ?? socket.writableLength;
}
