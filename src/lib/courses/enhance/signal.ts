import { m } from '#lib/paraglide/messages.js';
import type { CoursePage } from './enhancer.ts';

/**
 * A sentence at the top of the page for as long as the phone has no signal, or when a page that was
 * kept stands in for another one that could not be fetched.
 */
export function sayWhenOffline({ root, locale }: CoursePage): void {
	const main = root.querySelector('main');
	if (!main) return;
	const sentence = document.createElement('p');
	sentence.setAttribute('role', 'status');
	main.prepend(sentence);
	const standsIn = isAnother(main.dataset.impersonal);
	const look = () => {
		const said = standsIn || !navigator.onLine;
		sentence.className = said ? 'notice warn no-print' : '';
		const words = standsIn ? m.courses_no_signal_instead : m.courses_no_signal;
		sentence.textContent = said ? words({}, { locale }) : '';
		if (standsIn) sentence.append(' ', again(m.courses_try_again({}, { locale })));
	};
	addEventListener('online', look);
	addEventListener('offline', look);
	look();
}

/** Whether somebody asked for another page than the one that was kept under this path. */
function isAnother(kept: string | undefined): boolean {
	if (kept === undefined) return false;
	const asked = location.pathname.replace(/^\/en(?=\/|$)/, '').replace(/^\/paket(?=\/)/, '');
	return asked !== kept.split('?')[0];
}

function again(words: string): HTMLAnchorElement {
	const link = document.createElement('a');
	link.href = location.href;
	link.textContent = words;
	return link;
}
