/**
 * How a window goes out once it is on disk (SPEC [ORD2]).
 *
 * One buffer for everybody, the updates of one sender side by side, so that a sender is spared his
 * own part. Nobody can have built on what is in the same window: the order between senders is free.
 */
/** A socket, as far as this goes. */
export interface Receiver {
	send(...frames: Uint8Array[]): void;
	/** Complete frame to say that so many more of its updates are on disk, or null if it did not ask. */
	acknowledgement(more: number): Uint8Array | null;
}

/** What is on disk now. */
export interface Stored<Peer> {
	readonly peer: Peer;
	/** How many of the socket's messages this answers. */
	readonly answers: number;
	/** Null when it brought nothing new and only had to wait. */
	readonly addition: { readonly frame: Buffer } | null;
}

interface Part {
	readonly from: number;
	readonly to: number;
}

interface Window<Peer> {
	readonly frames: Buffer;
	/** What a sender has written himself. */
	readonly partOf: ReadonlyMap<Peer, Part>;
}

/**
 * Tells everybody in the document what is new, and the senders that theirs is on disk.
 *
 * @param along a complete frame for everybody, behind the edits
 */
export function deliver<Peer extends Receiver>(
	stored: readonly Stored<Peer>[],
	peers: ReadonlySet<Peer>,
	along: Uint8Array | null = null
): void {
	const [only] = stored;
	if (stored.length === 1 && only?.addition)
		return deliverOne(only, only.addition.frame, peers, along);
	const window = windowOf(stored);
	const answers = new Map<Peer, number>();
	for (const { peer, answers: more } of stored) answers.set(peer, (answers.get(peer) ?? 0) + more);
	const news = joined(window?.frames ?? null, along);
	if (news) {
		for (const peer of peers) if (!answers.has(peer)) peer.send(news);
	}
	for (const [peer, more] of answers) {
		if (!peers.has(peer)) continue;
		const parts = window ? partsFor(peer, window) : [];
		sendAll(peer, [...parts, peer.acknowledgement(more), along]);
	}
}

/** In a document where one person types: nothing has to be put together. */
function deliverOne<Peer extends Receiver>(
	{ peer: sender, answers }: Stored<Peer>,
	frame: Buffer,
	peers: ReadonlySet<Peer>,
	along: Uint8Array | null
): void {
	const news = joined(frame, along) ?? frame;
	for (const peer of peers) if (peer !== sender) peer.send(news);
	if (peers.has(sender)) sendAll(sender, [sender.acknowledgement(answers), along]);
}

/** Once for all receivers: a packet in two pieces costs more than a copy. */
function joined(frames: Buffer | null, along: Uint8Array | null): Uint8Array | null {
	return frames && along ? Buffer.concat([frames, along]) : (frames ?? along);
}

function sendAll(peer: Receiver, frames: readonly (Uint8Array | null)[]): void {
	const some = frames.filter((frame) => frame !== null);
	if (some.length > 0) peer.send(...some);
}

function windowOf<Peer>(stored: readonly Stored<Peer>[]): Window<Peer> | null {
	const bySender = new Map<Peer, Buffer[]>();
	for (const { peer, addition } of stored) {
		if (!addition) continue;
		const frames = bySender.get(peer);
		if (frames) frames.push(addition.frame);
		else bySender.set(peer, [addition.frame]);
	}
	if (bySender.size === 0) return null;
	const all: Buffer[] = [];
	const partOf = new Map<Peer, Part>();
	let to = 0;
	for (const [sender, frames] of bySender) {
		const from = to;
		for (const frame of frames) {
			all.push(frame);
			to += frame.length;
		}
		partOf.set(sender, { from, to });
	}
	const [only] = all;
	return { frames: all.length === 1 && only ? only : Buffer.concat(all, to), partOf };
}

function partsFor<Peer>(peer: Peer, { frames, partOf }: Window<Peer>): Uint8Array[] {
	const own = partOf.get(peer);
	if (!own) return [frames];
	const parts = [frames.subarray(0, own.from), frames.subarray(own.to)];
	return parts.filter(({ length }) => length > 0);
}
