/**
 * Whether the work is safe, and where: never more than the server has confirmed (SPEC [CLI]).
 *
 * Pure: no browser, no network, no clock of its own.
 */
import { AWAY, closeCode, type NeverKept } from './codes.ts';

export type SaveState =
	| 'loading'
	| 'saved'
	| 'saving'
	| 'offline'
	/** It is on this phone; the server cannot store anything now, and goes on trying. */
	| 'unstored'
	| 'refused';

/** Why nothing can be saved now; the page has a sentence for each. */
export type RefusalReason =
	| 'sign_in'
	| 'right'
	/** The page is older than the shape of the document. */
	| 'old'
	/** The copy on this phone is older than the document, which was built anew. */
	| 'rebuilt'
	/** What is stored is damaged: nothing more is taken for now. */
	| 'damaged'
	| 'large'
	| 'fast'
	| 'malformed';

/** What one socket has sent and what the server says is on its disk. */
export class Ledger {
	#sent = 0;
	#onDisk = 0;
	#step2Sent = false;

	/** A new socket knows nothing of the one before. */
	open(): void {
		this.#sent = 0;
		this.#onDisk = 0;
		this.#step2Sent = false;
	}

	sent(step: 'step 2' | 'update'): void {
		this.#sent++;
		if (step === 'step 2') this.#step2Sent = true;
	}

	acknowledged(count: number): void {
		this.#onDisk = count;
	}

	/** Step 2 holds whatever this phone had before, also from earlier days: without it nothing is sure. */
	get everythingOnDisk(): boolean {
		return this.#step2Sent && this.#onDisk >= this.#sent;
	}
}

export interface Situation {
	readonly refused: RefusalReason | null;
	/** The server has said that it cannot store anything now, and nothing else since. */
	readonly storageAway: boolean;
	readonly connected: boolean;
	/** The server's content has arrived on this socket. */
	readonly synced: boolean;
	readonly everythingOnDisk: boolean;
	/** There is something to show: from this phone, or from the server before the signal went. */
	readonly hasContent: boolean;
	/** The first attempt to connect has failed. */
	readonly failedOnce: boolean;
}

export function saveStateOf(situation: Situation): SaveState {
	const { refused, connected, synced, everythingOnDisk, hasContent, failedOnce } = situation;
	if (refused) return 'refused';
	if (connected && synced && everythingOnDisk) return 'saved';
	if (situation.storageAway) return 'unstored';
	if (!connected) return hasContent || failedOnce ? 'offline' : 'loading';
	return hasContent ? 'saving' : 'loading';
}

const reasons: Readonly<Record<number, RefusalReason>> = {
	[closeCode.malformed]: 'malformed',
	[closeCode.signInAgain]: 'sign_in',
	[closeCode.noRight]: 'right',
	[closeCode.tooOld]: 'old',
	[closeCode.tooLarge]: 'large',
	[closeCode.tooFast]: 'fast',
	/** What a proxy says to a frame that is too large. */
	1009: 'large'
};

/** Null for a close after which trying again helps. */
export function refusalOf(code: number, reason = ''): RefusalReason | null {
	if (code === closeCode.tooOld && reason === 'epoch') return 'rebuilt';
	return reasons[code] ?? null;
}

const dropped: Readonly<Record<NeverKept, RefusalReason>> = {
	read_only: 'right',
	document_full: 'large',
	damaged: 'damaged'
};

export const refusalOfDropped = (reason: NeverKept): RefusalReason => dropped[reason];

/** What is known of the closing of a socket; null when we closed it ourselves. */
export type Closing = { readonly code: number; readonly reason: string } | null;

export const isAway = (closing: Closing): boolean =>
	closing?.code === closeCode.tryAgain && AWAY.includes(closing.reason);

const FIRST_WAIT_MS = 1000;
/** After a restart a whole province comes back at once. */
const RESTART_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;
/** A disk that has room again should not be waited for much longer. */
const LONGEST_AWAY_WAIT_MS = 10_000;
const LEAST_WAIT_MS = 100;

/** How long to wait before trying again: anywhere up to a bound that doubles ("full jitter"). */
export function retryWaitMs(attempt: number, closing: Closing, random = Math.random): number {
	const first = closing?.code === closeCode.restart ? RESTART_WAIT_MS : FIRST_WAIT_MS;
	const longest = isAway(closing) ? LONGEST_AWAY_WAIT_MS : LONGEST_WAIT_MS;
	const bound = Math.min(longest, first * 2 ** attempt);
	return Math.max(LEAST_WAIT_MS, random() * bound);
}
