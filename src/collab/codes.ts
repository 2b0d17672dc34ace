/**
 * The numbers both ends of the socket agree on.
 *
 * No dependency, so that the page and the server read the same file.
 */

/** First number of every message. 0, 1 and 3 are y-websocket's; 8 to 10 are ours (SPEC [WIRE]). */
export const messageType = {
	sync: 0,
	awareness: 1,
	queryAwareness: 3,
	acknowledgement: 8,
	notice: 9,
	part: 10
} as const;

/** Second number of a sync message. */
export const syncStep = { step1: 0, step2: 1, update: 2 } as const;

/**
 * Why a socket was closed. y-websocket stops retrying on 4400–4499: the page takes over and says
 * what is safe. 1012 and 1013 are retried.
 */
export const closeCode = {
	malformed: 4400,
	signInAgain: 4401,
	noRight: 4403,
	tooOld: 4409,
	tooLarge: 4413,
	tooFast: 4429,
	restart: 1012,
	tryAgain: 1013
} as const;

/** Reasons of a 1013 because of which nobody could be let in, or nothing stored. */
export const AWAY: readonly string[] = ['storage', 'not_now'];
export type CloseCode = (typeof closeCode)[keyof typeof closeCode];

/** What the server says beside the document, to clients that asked for it with `?ack=1`. */
export type Notice =
	/** The right held on this document, at the start and whenever it changes. */
	| { code: 'right'; right: 'read' | 'write' }
	/** What this phone has sent, or would send, is not kept: nothing of it is on the server. */
	| { code: 'not_saved'; reason: NotSaved };

export type NotSaved = NeverKept | 'storage';

/** 'storage', in contrast: not yet. The server has it and asks its disk again; an acknowledgement follows. */
export type NeverKept =
	| 'read_only'
	| 'document_full'
	/** Part of what is stored cannot be read: nothing more is taken until somebody has seen to it. */
	| 'damaged';

/** An update above this size travels as sync step 2, which may be larger (SPEC [LIM2]). */
export const UPDATE_BYTES = 64 * 1024;
export const STEP_2_BYTES = 1024 * 1024;

/** Names on the dots of people present: eight classes of colour, chosen by the server. */
export const COLOURS = 8;
