import { m } from '#lib/paraglide/messages.js';
import type { CoursePage } from './enhancer.ts';
import { recall, remember } from './remembered.ts';

const FAR = 600;

/** Leads back to where somebody stopped reading; never scrolls by itself. */
export function offerLastPosition({ root, locale, holder }: CoursePage): void {
	const bar = root.querySelector('[data-reading]');
	if (!bar) return;
	const name = `at:${location.pathname}`;
	const height = () => root.scrollHeight - innerHeight;
	const share = Number(recall(holder, name));
	const top = share * height();
	if (!location.hash && top > FAR && share < 0.95) {
		const back = document.createElement('button');
		back.type = 'button';
		back.textContent = m.courses_continue_reading({}, { locale });
		back.addEventListener('click', () => {
			scrollTo({ top: share * height() });
			back.remove();
		});
		bar.prepend(back);
	}
	// Phones end a page without a word: the last moment that is sure is when it is hidden.
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState !== 'hidden' || height() <= 0) return;
		remember(holder, name, (scrollY / height()).toFixed(3));
	});
}
