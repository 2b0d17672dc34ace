import type { CoursePage } from './enhancer.ts';

/**
 * A link to what a subject or the key of a note is about, by the names that the page brings along
 * (routes/belajar/Places.svelte); null when the course has it no longer.
 */
export function placeOf({ root }: CoursePage, subject: string): HTMLAnchorElement | null {
	const links = root.querySelectorAll<HTMLAnchorElement>('[data-subjects]');
	const known = [...links].find(({ dataset }) =>
		(dataset.subjects ?? '').split(' ').includes(subject)
	);
	return known ? linkTo(known.href, known.textContent ?? '') : null;
}

export function linkTo(address: string, text: string): HTMLAnchorElement {
	const link = document.createElement('a');
	link.href = address;
	link.textContent = text;
	return link;
}
