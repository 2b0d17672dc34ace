import { m } from '#lib/paraglide/messages.js';
import type { Phase } from './course.ts';

/** When a lesson is best read, in words. */
export const phaseNames = {
	before: m.courses_phase_before,
	during: m.courses_phase_during,
	after: m.courses_phase_after
} satisfies Record<Phase, unknown>;
