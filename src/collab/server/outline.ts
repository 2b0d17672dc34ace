/**
 * What the guard must know of a snapshot, kept beside it in the log, so that opening a long document
 * is reading a few numbers and not a walk over everything that was ever written (SPEC [ROOM2]).
 *
 * The thread that compacts writes it (`compaction-thread.ts`), because it has the document at hand.
 */
import { ByteReader, Malformed } from './bytes.ts';
import { Known } from './known.ts';

/** Raised when the numbers change their meaning: what is older is then worked out anew. */
export const OUTLINE_VERSION = 1;

/** Null when these are not the numbers of this version; then the snapshot itself has to be walked. */
export function readOutline(bytes: Uint8Array): Known | null {
	try {
		const reader = new ByteReader(bytes);
		if (reader.varUint() !== OUTLINE_VERSION) return null;
		const known = new Known();
		const clients = reader.varUint();
		for (let n = 0; n < clients; n++) readClient(reader, known);
		if (!reader.atEnd) throw new Malformed('trailing_bytes');
		return known;
	} catch (thrown) {
		if (thrown instanceof Malformed) return null;
		throw thrown;
	}
}

/** Clocks are counted from the number before: most of them fit into one byte then. */
function readClient(reader: ByteReader, known: Known): void {
	const client = reader.varUint();
	known.clocks.set(client, reader.varUint());
	let clock = 0;
	for (let left = reader.varUint(); left > 0; left--) {
		const from = clock + reader.varUint();
		clock = from + reader.varUint();
		known.deleted.add(client, from, clock);
	}
	clock = 0;
	for (let left = reader.varUint(); left > 0; left--) {
		clock += reader.varUint();
		known.depths.add(client, clock, reader.varUint());
	}
}
