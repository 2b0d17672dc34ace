/** What the two tests are called, and how far somebody is with one. In the language of the page when none is named. */
import type { Locale } from '#lib/platform/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import type { HandInState } from './server/class.ts';
import type { TestPhase } from './test.ts';

export const testName = (phase: TestPhase, locale?: Locale): string =>
	(phase === 'pre' ? m.courses_test_pre : m.courses_test_post)({}, locale ? { locale } : {});

/** Whether somebody has handed in, in words. */
export function handInWords(state: HandInState, locale?: Locale): string {
	const wanted = locale ? { locale } : {};
	if (state.kind === 'handed in') return m.courses_hand_in_done({}, wanted);
	if (state.kind === 'late') return m.courses_hand_in_late({}, wanted);
	if (state.kind === 'begun') return m.courses_hand_in_begun({ n: state.answered }, wanted);
	return m.courses_hand_in_not_begun({}, wanted);
}
