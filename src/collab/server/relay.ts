import { updateFrame } from './wire.ts';

export interface Relay<Sender> {
	/** All updates of a window, framed, those of one sender side by side. */
	readonly frames: Buffer;
	/** Which part of it a sender has written and need not hear. */
	readonly partOf: ReadonlyMap<Sender, { from: number; to: number }>;
}

/**
 * One buffer for everybody. Nobody can have built on what is in the same window, so the order
 * between senders is free.
 */
export function relayPlan<Sender>(
	sent: readonly { sender: Sender | null; update: Uint8Array }[]
): Relay<Sender> {
	const bySender = new Map<Sender | null, Buffer[]>();
	for (const { sender, update } of sent) {
		const frames = bySender.get(sender) ?? [];
		bySender.set(sender, frames);
		frames.push(updateFrame(update));
	}
	const partOf = new Map<Sender, { from: number; to: number }>();
	const all: Buffer[] = [];
	let from = 0;
	for (const [sender, frames] of bySender) {
		const to = frames.reduce((end, frame) => end + frame.length, from);
		if (sender !== null) partOf.set(sender, { from, to });
		all.push(...frames);
		from = to;
	}
	return { frames: all.length === 1 && all[0] ? all[0] : Buffer.concat(all), partOf };
}
