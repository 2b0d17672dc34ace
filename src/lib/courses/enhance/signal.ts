import { m } from '#lib/paraglide/messages.js';
import type { CoursePage } from './enhancer.ts';

/** A sentence at the top of the page for as long as the phone has no signal. */
export function sayWhenOffline({ root, locale }: CoursePage): void {
	const main = root.querySelector('main');
	if (!main) return;
	const sentence = document.createElement('p');
	sentence.setAttribute('role', 'status');
	main.prepend(sentence);
	const look = () => {
		sentence.className = navigator.onLine ? '' : 'notice warn no-print';
		sentence.textContent = navigator.onLine ? '' : m.courses_no_signal({}, { locale });
	};
	addEventListener('online', look);
	addEventListener('offline', look);
	look();
}
