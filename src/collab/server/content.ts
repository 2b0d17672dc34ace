/**
 * What one open document holds: its bytes as they are on the disk, and what the guard must know of
 * them and of what is on its way there.
 */
import { diffUpdate } from 'yjs';
import type { StoredDocument } from '#lib/platform/server/documents.ts';
import type { Foreign } from './arrivals.ts';
import { Malformed } from './bytes.ts';
import type { Compacted } from './compaction.ts';
import { judge, type Offer, type Verdict } from './guard.ts';
import { Known } from './known.ts';
import { readOutline } from './outline.ts';
import type { Limits } from './limits.ts';
import type { Addition } from './queued.ts';
import { Reserved } from './reserved.ts';
import { StoredBytes, type Framed } from './stored-bytes.ts';
import { walkUpdate } from './update-walk.ts';
import { stateVectorOf, updateFrame, updateIn } from './wire.ts';

/** A snapshot that stands in for a few updates is mostly known; a single update is not. */
const WORTH_A_DIFF = 64 * 1024;

export class Content {
	readonly bytes: StoredBytes;
	readonly reserved = new Reserved();
	readonly #known: Known;
	readonly #authors: Map<number, string | null>;

	/**
	 * Throws `Malformed` when stored bytes are damaged.
	 *
	 * @param whatIsLeft leave out what is damaged, and what rests on it, instead of throwing
	 */
	constructor({ snapshot, outline, updates, authors }: StoredDocument, whatIsLeft = false) {
		this.#authors = new Map(authors);
		const sound = whatIsLeft && !isLegible(() => walked(snapshot)) ? null : snapshot;
		const outlined = outline && !whatIsLeft ? readOutline(outline) : null;
		this.#known = outlined ?? walked(sound);
		this.bytes = new StoredBytes(sound, this.#known.clocks);
		for (const { seq, update } of updates) {
			if (whatIsLeft) isLegible(() => this.#addStored(seq, update));
			else this.#addStored(seq, update);
		}
	}

	judge(offer: Offer): Verdict {
		const { reserved } = this;
		return judge(offer, { known: this.#known, authors: this.#authors, reserved });
	}

	/** Whose a client number is; null: the server's own, undefined: nobody's yet. */
	ownerOf(clientId: number): string | null | undefined {
		const author = this.#authors.get(clientId);
		return author === undefined ? this.reserved.holderOf(clientId) : author;
	}

	/** Whether there is anything in it but deletions of what is here. Throws `Malformed`. */
	addsItems(update: Uint8Array): boolean {
		return walkUpdate(update).sections.some(({ client, to }) => to > this.#known.clock(client));
	}

	/** It is on its way to the disk: what comes next may rest on it. */
	expect({ facts, newClients, userId }: Addition): void {
		this.#known.advance(facts);
		for (const client of newClients) this.#authors.set(client, userId);
	}

	/** What was expected is on the disk, under the number `seq`. */
	add(seq: number, addition: Framed): void {
		this.bytes.add(seq, addition);
	}

	/**
	 * Takes in what somebody else has written to the log. Returns the frames that phones must be sent
	 * that have everything of before. Throws `Malformed` when it is damaged.
	 */
	addForeign({ updates, authors }: Foreign): Buffer[] {
		for (const [clientId, userId] of authors) this.#authors.set(clientId, userId);
		const had = stateVectorOf(this.#known.clocks);
		return updates.map(({ seq, update }) => {
			const frame = this.#addStored(seq, update);
			return update.length > WORTH_A_DIFF ? updateFrame(diffUpdate(update, had)) : frame;
		});
	}

	/** Returns its frame. */
	#addStored(seq: number, stored: Uint8Array): Buffer {
		const frame = updateFrame(stored);
		const facts = this.#known.advanceStored(stored);
		this.bytes.add(seq, { frame, update: updateIn(frame, stored.length), facts });
		return frame;
	}

	isWorthCompacting({ compactAfterUpdates, compactAfterBytes }: Limits): boolean {
		const { tailLength, tailBytes, snapshotBytes } = this.bytes;
		return tailLength > compactAfterUpdates || tailBytes > compactAfterBytes + snapshotBytes / 4;
	}

	/** Yjs deletes some things by itself where edits meet; a snapshot says which these were. */
	compacted(upTo: number, { snapshot, outline }: Compacted): void {
		const { clocks, deleted } = readOutline(outline) ?? walked(snapshot);
		this.bytes.replaceUpTo(upTo, snapshot, clocks);
		this.#known.deleted.addAll(deleted);
	}
}

/** What a walk over all of it finds. Throws `Malformed`. */
function walked(snapshot: Uint8Array | null): Known {
	const known = new Known();
	if (snapshot) known.advanceStored(snapshot);
	return known;
}

/** False when it throws `Malformed`. */
function isLegible(read: () => unknown): boolean {
	try {
		read();
		return true;
	} catch (thrown) {
		if (thrown instanceof Malformed) return false;
		throw thrown;
	}
}
