import { m } from '#lib/paraglide/messages.js';
import { answerIn } from '#lib/questions/items/from-page.ts';
import type { CoursePage } from './enhancer.ts';

/** How much of a test is answered, counted on the page that has all of its questions. */
export function showProgress(
	{ root, locale }: CoursePage,
	items: readonly HTMLFieldSetElement[]
): void {
	const total = items.length;
	const answered = items.filter(isAnswered).length;
	const [label, bar] = root.querySelector('[data-test-progress]')?.children ?? [];
	if (label) label.textContent = m.courses_test_progress({ answered, total }, { locale });
	if (bar instanceof HTMLProgressElement) bar.value = answered;
	const open = total - answered;
	const sentence = root.querySelector('[data-test-open]');
	if (!sentence) return;
	sentence.textContent =
		open === 0
			? m.courses_test_check_full({ total }, { locale })
			: m.courses_test_check_open_here({ open, total }, { locale });
}

function isAnswered(item: HTMLFieldSetElement): boolean {
	const reading = answerIn(item);
	return reading !== null && 'answer' in reading;
}
