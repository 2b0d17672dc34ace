/**
 * An operation: something a person did on a page, written down on the phone before the network is
 * tried, and carried out by the server exactly once, whenever and however often it arrives.
 *
 * Pure: the words of the wire, for both sides.
 */
export interface Operation {
	/** Made by the phone; the same one may arrive any number of times. */
	readonly id: string;
	/** Names the queue of one person on one phone. */
	readonly outbox: string;
	/** Counts up within the queue: the phone's clock decides nothing. */
	readonly seq: number;
	readonly kind: string;
	/**
	 * What it is about. A later operation of the same queue on the same subject replaces an earlier
	 * one; what must count each time has a subject of its own ('…#<id>').
	 */
	readonly subject: string;
	/** What the form would have sent. */
	readonly fields: readonly (readonly [name: string, value: string])[];
}

export type Result = Readonly<Record<string, string | number | boolean>>;

export type Outcome =
	| { readonly id: string; readonly done: true; readonly result: Result }
	/** A sentence for the person; the text stays on the phone. */
	| { readonly id: string; readonly done: false; readonly sentence: string };

/** One request carries at most so many, and so much. */
export const MOST_AT_ONCE = 20;
export const LONGEST_REQUEST = 128 * 1024;

/** '…/apa-itu#k3v…' → '…/apa-itu' */
export const targetOf = ({ subject }: Pick<Operation, 'subject'>) => subject.split('#')[0] ?? '';
