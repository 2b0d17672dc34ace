/**
 * Documents that are not well, for as long as this process lives (SPEC [QUA]).
 *
 * Whoever opens one may read what is left of it and change nothing: an edit would rest on what is
 * missing, and compacting would make the loss final.
 */

/** Yjs cannot put a document together from its bytes. */
export class Damaged extends Error {}

/** A document that fails so often is left alone. */
const FAILURES = 3;
const WITHIN_MS = 10 * 60_000;

export class Health {
	readonly #damaged = new Set<string>();
	/** When it failed, in milliseconds. */
	readonly #failures = new Map<string, number[]>();

	/** How many are damaged. */
	get damaged(): number {
		return this.#damaged.size;
	}

	isDamaged(documentId: string): boolean {
		return this.#damaged.has(documentId);
	}

	/** False when that was known. */
	foundDamaged(documentId: string): boolean {
		if (this.#damaged.has(documentId)) return false;
		this.#damaged.add(documentId);
		return true;
	}

	/** True when that was once too often. */
	failed(documentId: string, nowMs: number): boolean {
		const recent = (this.#failures.get(documentId) ?? []).filter((at) => nowMs - at < WITHIN_MS);
		this.#failures.set(documentId, [...recent, nowMs]);
		return recent.length + 1 >= FAILURES;
	}

	/** It has been built anew. */
	forget(documentId: string): void {
		this.#damaged.delete(documentId);
		this.#failures.delete(documentId);
	}
}
