/**
 * Decides about one update before anything happens to it (SPEC [GRD]).
 *
 * A phone is never trusted: it may be old, broken or in the hands of somebody who reads this code.
 */
import { arrange } from './arrange.ts';
import { Malformed } from './bytes.ts';
import type { Known } from './known.ts';
import type { Reserved } from './reserved.ts';
import type { Section, UpdateFacts } from './update-walk.ts';
import { walkUpdate } from './update-walk.ts';

/** Whose a client number is; null: the server's own. */
export type Authors = ReadonlyMap<number, string | null>;

export interface Guarded {
	readonly known: Known;
	readonly authors: Authors;
	readonly reserved: Pick<Reserved, 'holderOf'>;
}

export interface Offer {
	readonly update: Uint8Array;
	readonly userId: string;
	readonly step: 'step 2' | 'update';
}

/** Something new, and all that it rests on is here. */
export interface Adds {
	kind: 'adds';
	facts: UpdateFacts;
	/** Client numbers nobody has written under before. */
	newClients: number[];
}

export type Verdict =
	| Adds
	/** Nothing new in it: what a phone sends when it comes back. */
	| { kind: 'repeats' }
	/** It rests on something that is not here. Harmless from a phone that has not synced yet. */
	| { kind: 'gap' }
	| { kind: 'refused'; reason: string };

/** A phone types some hundred letters between two updates; a jump like this is no typing. */
const CLOCK_JUMP = 1_000_000;
const NEW_CLIENTS = { update: 8, 'step 2': 64 } as const;
const SECTIONS = 256;
/** Nested lists in the narrative need some twenty. */
const DEPTH = 64;
/** Yjs draws client numbers of 32 bits. */
const LARGEST_CLIENT = 0xffffffff;

export function judge(offer: Offer, document: Guarded): Verdict {
	try {
		return weigh(offer, document, walkUpdate(offer.update));
	} catch (thrown) {
		if (thrown instanceof Malformed) return { kind: 'refused', reason: thrown.reason };
		throw thrown;
	}
}

function weigh(offer: Offer, document: Guarded, facts: UpdateFacts): Verdict {
	const { known, authors } = document;
	if (facts.sections.length > SECTIONS) return refused('too_many_sections');
	const written = facts.sections.filter(({ client, to }) => to > known.clock(client));
	for (const section of written) {
		const reason = reasonAgainst(section, offer.userId, document);
		if (reason) return refused(reason);
	}
	const newClients = written.map(({ client }) => client).filter((client) => !authors.has(client));
	if (newClients.length > NEW_CLIENTS[offer.step]) return refused('too_many_new_clients');
	if (arrange(facts, known) === 'gap') return { kind: 'gap' };
	if (written.some(({ structs }) => structs.some(({ depth }) => depth > DEPTH))) {
		return refused('too_deep');
	}
	return known.lacks(facts) ? { kind: 'adds', facts, newClients } : { kind: 'repeats' };
}

function reasonAgainst(
	{ client, to }: Section,
	userId: string,
	{ known, authors, reserved }: Guarded
): string | null {
	const have = known.clock(client);
	if (to - have > CLOCK_JUMP) return 'clock_jump';
	if (client > LARGEST_CLIENT) return 'client_out_of_range';
	const owner = authors.get(client);
	if (owner === userId) return null;
	// Written before anybody claimed it: the server's seed. Nobody else may go on under its number.
	if (owner === null || (owner === undefined && have > 0)) return 'client_of_server';
	const holder = owner ?? reserved.holderOf(client);
	return holder === undefined || holder === userId ? null : 'client_of_somebody_else';
}

function refused(reason: string): Verdict {
	return { kind: 'refused', reason };
}

/** Whether the verdict could be another if we knew all who have claimed a number on other nodes. */
export function restsOnAuthors(verdict: Verdict): boolean {
	if (verdict.kind === 'adds') return verdict.newClients.length > 0;
	return verdict.kind === 'refused' && verdict.reason.startsWith('client_of_');
}
