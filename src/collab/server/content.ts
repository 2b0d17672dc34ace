/**
 * What one open document holds: its bytes as they are on the disk, and what the guard must know of
 * them and of what is on its way there.
 */
import { diffUpdate } from 'yjs';
import type { StoredDocument } from '#lib/platform/server/documents.ts';
import type { Foreign } from './arrivals.ts';
import { judge, type Offer, type Verdict } from './guard.ts';
import { Known } from './known.ts';
import type { Addition } from './queued.ts';
import { StoredBytes } from './stored-bytes.ts';
import { walkUpdate } from './update-walk.ts';
import { stateVectorOf } from './wire.ts';

/** A snapshot that stands in for a few updates is mostly known; a single update is not. */
const WORTH_A_DIFF = 64 * 1024;

export class Content {
	readonly bytes: StoredBytes;
	readonly #known = new Known();
	readonly #authors: Map<number, string | null>;

	/** Throws `Malformed` when the stored bytes are damaged. */
	constructor({ snapshot, updates, authors }: StoredDocument) {
		this.#authors = new Map(authors);
		if (snapshot) this.#known.advanceStored(snapshot);
		this.bytes = new StoredBytes(snapshot, this.#known.clocks);
		for (const { seq, update } of updates) {
			this.bytes.add(seq, update, this.#known.advanceStored(update));
		}
	}

	judge(offer: Offer): Verdict {
		return judge(offer, { known: this.#known, authors: this.#authors });
	}

	/** Whose a client number is; null: the server's own, undefined: nobody's yet. */
	ownerOf(clientId: number): string | null | undefined {
		return this.#authors.get(clientId);
	}

	/** Whether there is anything in it but deletions of what is here. Throws `Malformed`. */
	addsItems(update: Uint8Array): boolean {
		return walkUpdate(update).sections.some(({ client, to }) => to > this.#known.clock(client));
	}

	/** It is on its way to the disk: what comes next may rest on it. */
	expect({ facts, newClients }: Omit<Addition, 'update'>, userId: string): void {
		this.#known.advance(facts);
		for (const client of newClients) this.#authors.set(client, userId);
	}

	/** What was expected is on the disk, under the number `seq`. */
	add(seq: number, { update, facts }: Addition): void {
		this.bytes.add(seq, update, facts);
	}

	/**
	 * Takes in what somebody else has written to the log. Returns what phones that have everything
	 * of before must be sent. Throws `Malformed` when it is damaged.
	 */
	addForeign({ updates, authors }: Foreign): Uint8Array[] {
		for (const [clientId, userId] of authors) this.#authors.set(clientId, userId);
		const had = stateVectorOf(this.#known.clocks);
		for (const { seq, update } of updates) {
			this.bytes.add(seq, update, this.#known.advanceStored(update));
		}
		return updates.map(({ update }) =>
			update.length > WORTH_A_DIFF ? diffUpdate(update, had) : update
		);
	}

	/** Yjs deletes some things by itself where edits meet; a snapshot says which these were. */
	compacted(upTo: number, snapshot: Uint8Array): void {
		this.bytes.replaceUpTo(upTo, snapshot);
		for (const { client, from, to } of walkUpdate(snapshot).deletions) {
			this.#known.deleted.add(client, from, to);
		}
	}
}
