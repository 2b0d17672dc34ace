import type { CloseCode, Notice } from '../codes.ts';
import type { Admission, AdmissionRequest } from './admission.ts';
import type { Visitor } from './presence.ts';
import type { Receiver } from './relay.ts';

/** A socket, as its document sees it. */
export interface Peer extends Visitor, Receiver {
	/** Its first step 2 has come: from here on it rests on nothing that is not here. */
	synced: boolean;
	/** Updates that came before the step 2 they are contained in. */
	early: number;
	/** Something of it was not taken, so what follows would have a gap. */
	dropped: boolean;
	/** It puts long messages together that come in parts. */
	readonly inParts: boolean;
	/** To ask for its right again, also when the socket is gone. */
	readonly request: AdmissionRequest;
	/** When somebody last asked whether it may write, and the answer was yes; in milliseconds of this process. */
	readonly mayWriteAtMs: number;
	/** What the answer was, to a question of that moment. */
	learn(admission: Admission, askedAtMs: number): void;
	notify(notice: Notice): void;
	close(code: CloseCode, reason: string): void;
}
