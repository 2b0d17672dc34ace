/**
 * Who asks, and with which assignments (penugasan).
 *
 * Pure: no database, no HTTP. One person may hold several grants; each covers a
 * training, a region with all that lies below it, or the nation.
 */
export const roles = [
	'participant',
	'facilitator',
	'officer',
	'consultant',
	'reviewer',
	'admin'
] as const;
export type Role = (typeof roles)[number];

export const scopeKinds = ['training', 'region', 'nation'] as const;

export type Scope =
	| { readonly kind: 'training'; readonly id: string }
	| { readonly kind: 'region'; readonly code: string }
	| { readonly kind: 'nation' };

export interface Grant {
	readonly role: Role;
	readonly scope: Scope;
}

export interface Actor {
	readonly userId: string;
	readonly name: string;
	readonly username: string;
	readonly sessionId: string;
	readonly grants: readonly Grant[];
	readonly groupIds: readonly string[];
	/** How often an access table was asked on behalf of this actor: a page that never asked is a bug. */
	asked: number;
}

/**
 * Somebody, but nobody in particular: may read what everybody who is signed in may read, and has
 * nothing of their own. Pages that a phone keeps for whoever holds it are made for this one.
 */
export function anybody(): Actor {
	return { userId: '', name: '', username: '', sessionId: '', grants: [], groupIds: [], asked: 0 };
}

/** Everybody but participants: their sessions are shorter, they cannot be reset by a facilitator. */
export function isStaff(grants: readonly Grant[]): boolean {
	return grants.some((grant) => grant.role !== 'participant');
}

export function holds(actor: Actor, ...wanted: readonly Role[]): boolean {
	return actor.grants.some((grant) => wanted.includes(grant.role));
}

/** A region code covers itself and what lies below: 15.04 covers 15.04.02.2010, not 15.045. */
export function covers(code: string, below: string): boolean {
	return below === code || below.startsWith(`${code}.`);
}
