/** Small things this browser remembers for whoever holds the phone; nothing where it may not. */

/** Under the holder's id, so that the next one does not see it. */
const nameFor = (holder: string, name: string) => `rembuk:${holder}:${name}`;

export function recall(holder: string | null, name: string): string | null {
	if (holder === null) return null;
	try {
		return localStorage.getItem(nameFor(holder, name));
	} catch {
		return null; // storage is switched off
	}
}

export function remember(holder: string | null, name: string, value: string): void {
	if (holder === null) return;
	try {
		localStorage.setItem(nameFor(holder, name), value);
	} catch {
		// Storage is full or switched off: the page works without.
	}
}
