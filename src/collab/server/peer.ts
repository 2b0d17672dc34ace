import type { CloseCode, Notice } from '../codes.ts';
import type { Visitor } from './presence.ts';

/** A socket, as its document sees it. */
export interface Peer extends Visitor {
	/** Its first step 2 has come: from here on it rests on nothing that is not here. */
	synced: boolean;
	/** Updates that came before the step 2 they are contained in. */
	early: number;
	/** Something of it was not taken, so what follows would have a gap. */
	dropped: boolean;
	send(...frames: Uint8Array[]): void;
	/** Complete frame to say that so many more of its updates are on disk, or null if it did not ask. */
	acknowledgement(more: number): Uint8Array | null;
	notify(notice: Notice): void;
	close(code: CloseCode, reason: string): void;
}
