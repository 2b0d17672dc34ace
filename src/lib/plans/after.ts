/**
 * Reads something from a shared document again whenever `change` has risen: the
 * document itself does not tell Svelte that it has changed.
 */
export function after<T>(_change: number, read: () => T): T {
	return read();
}
