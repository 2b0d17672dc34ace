/**
 * News from lower rooms to higher ones. A room adds its events by declaration
 * merging and never knows who listens.
 *
 * News goes out after the write that caused it has been committed. A listener
 * that throws must not undo what was done, so its error goes to `onFailure`.
 */
// Empty here on purpose: every room adds its own events.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface EventMap {}

type Listener<K extends keyof EventMap> = (payload: EventMap[K]) => void;

export class Events {
	readonly #listeners = new Map<keyof EventMap, Set<(payload: never) => void>>();
	readonly #onFailure: (thrown: unknown) => void;

	constructor(onFailure: (thrown: unknown) => void = () => {}) {
		this.#onFailure = onFailure;
	}

	/** Returns the function that stops listening. */
	on<K extends keyof EventMap>(name: K, listener: Listener<K>): () => void {
		const listeners = this.#listeners.get(name) ?? new Set();
		this.#listeners.set(name, listeners);
		listeners.add(listener);
		return () => listeners.delete(listener);
	}

	emit<K extends keyof EventMap>(name: K, payload: EventMap[K]): void {
		for (const listener of this.#listeners.get(name) ?? []) {
			try {
				(listener as Listener<K>)(payload);
			} catch (thrown) {
				this.#onFailure(thrown);
			}
		}
	}
}
