/**
 * Tells who is here, in a slower rhythm than text: a cursor is no text (SPEC [PRS5]).
 */
import { Presence, type Visitor } from './presence.ts';
import type { Reserved } from './reserved.ts';
import { awarenessFrame } from './wire.ts';

export interface CompanyTools {
	readonly windowMs: number;
	/** Whose a client number is in this document; null: the server's own, undefined: nobody's yet. */
	readonly ownerOf: (clientId: number) => string | null | undefined;
	readonly reserved: Reserved;
	/** To every socket here. */
	readonly tell: (frame: Uint8Array) => void;
	/** To the other processes. */
	readonly tellNeighbours: (entries: readonly Uint8Array[]) => void;
}

export class Company {
	readonly presence = new Presence();
	readonly #tools: CompanyTools;
	#timer: NodeJS.Timeout | null = null;
	#toldAtMs = -Infinity;

	constructor(tools: CompanyTools) {
		this.#tools = tools;
	}

	/** Throws `Malformed`. */
	hear(visitor: Visitor, body: Uint8Array): void {
		const { ownerOf, reserved } = this.#tools;
		this.presence.hear(visitor, body, ownerOf);
		const { clientId, person } = visitor;
		if (clientId !== null) reserved.reserve(clientId, person.id);
		this.#announce();
	}

	hearNeighbour(node: string, body: Uint8Array): void {
		const shown = this.presence.hearNeighbour(node, body, performance.now());
		for (const { clientId, personId } of shown) this.#tools.reserved.reserve(clientId, personId);
		this.#announce();
	}

	leave(visitor: Visitor): void {
		this.presence.leave(visitor);
		this.#announce();
	}

	#announce(): void {
		if (this.#timer || !this.presence.hasNews) return;
		const wait = Math.max(0, this.#toldAtMs + this.#tools.windowMs - performance.now());
		this.#timer = setTimeout(() => this.#tell(), wait);
	}

	/** Lets go of people of a process that has died. */
	forgetSilent(): void {
		this.presence.forgetSilent(performance.now());
		this.#announce();
	}

	/** Everybody, as a frame for one who has just come; null when nobody is here. */
	everybody(): Uint8Array | null {
		const everybody = this.presence.everybody();
		return everybody && awarenessFrame(everybody);
	}

	/**
	 * What an edit may take along to everybody, as a frame: one packet instead of two. Null when there
	 * is nothing, or the last was told a moment ago.
	 */
	rideAlong(): Uint8Array | null {
		if (!this.#timer) return null;
		if (performance.now() - this.#toldAtMs < this.#tools.windowMs / 2) return null;
		clearTimeout(this.#timer);
		return this.#news();
	}

	#tell(): void {
		const frame = this.#news();
		if (frame) this.#tools.tell(frame);
	}

	/** The other processes hear it at once; here somebody has to take the frame. */
	#news(): Uint8Array | null {
		this.#timer = null;
		this.#toldAtMs = performance.now();
		const news = this.presence.takeNews();
		if (!news) return null;
		if (news.own.length > 0) this.#tools.tellNeighbours(news.own);
		return awarenessFrame(news.everything);
	}
}
