import type { Awareness } from 'y-protocols/awareness';

/** Somebody who has the document open, as the server says it (SPEC [PRS1]). */
export interface PersonHere {
	readonly clientId: number;
	readonly id: string;
	/** Empty for this browser itself. */
	readonly name: string;
	/** 0 to 7. */
	readonly colour: number;
	readonly field: string | null;
}

/** @param ownId whose browser this is: the server does not tell it about itself */
export function peopleIn(awareness: Awareness, ownId: string): PersonHere[] {
	return [...awareness.getStates()].flatMap(([clientId, state]) => {
		const own = clientId === awareness.clientID;
		const user = (state.user ?? {}) as Partial<PersonHere>;
		const { id = own ? ownId : null, name = '', colour = 0 } = user;
		const field = typeof state.field === 'string' ? state.field : null;
		return id === null ? [] : [{ clientId, id, name, colour, field }];
	});
}
