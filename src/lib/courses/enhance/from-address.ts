import type { CoursePage } from './enhancer.ts';

/**
 * A page that a phone keeps knows nothing of its address: what a scanned code says after the question
 * mark is put into the field that waits for it by `data-from-address`.
 */
export function fillFromAddress({ root }: CoursePage): void {
	const said = new URLSearchParams(location.search);
	for (const field of root.querySelectorAll<HTMLInputElement>('input[data-from-address]')) {
		if (field.value === '') field.value = said.get(field.name) ?? '';
	}
}
