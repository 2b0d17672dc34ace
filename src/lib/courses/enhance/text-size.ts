import { m } from '#lib/paraglide/messages.js';
import type { CoursePage } from './enhancer.ts';
import { recall, remember } from './remembered.ts';

/** Percent of the usual size; the page is made for 200 % as well. */
const SIZES = [100, 115, 130, 150, 175] as const;

/** Two buttons for larger and smaller text, kept for the next lesson. */
export function offerTextSize({ root, locale, holder }: CoursePage): void {
	let at = Math.max(0, SIZES.indexOf(Number(recall(holder, 'size')) as (typeof SIZES)[number]));
	const bar = root.querySelector('[data-reading]');
	const set = () => {
		root.style.fontSize = at === 0 ? '' : `${SIZES[at] ?? 100}%`;
		smaller.disabled = at === 0;
		larger.disabled = at === SIZES.length - 1;
	};
	const button = (sign: string, label: string, step: number) => {
		const made = document.createElement('button');
		made.type = 'button';
		made.className = 'quiet';
		made.textContent = sign;
		// What is seen is part of what is heard, for those who speak to their phone.
		made.setAttribute('aria-label', `${sign} ${label}`);
		made.addEventListener('click', () => {
			at = Math.min(SIZES.length - 1, Math.max(0, at + step));
			remember(holder, 'size', String(SIZES[at]));
			set();
		});
		return made;
	};
	const smaller = button('A−', m.courses_text_smaller({}, { locale }), -1);
	const larger = button('A+', m.courses_text_larger({}, { locale }), 1);
	bar?.append(smaller, larger);
	set();
}
