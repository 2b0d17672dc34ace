/** What the two tests are called on the screen. */
import { m } from '#lib/paraglide/messages.js';
import type { TestPhase } from './test.ts';

export const testName = (phase: TestPhase): string =>
	phase === 'pre' ? m.courses_test_pre() : m.courses_test_post();
