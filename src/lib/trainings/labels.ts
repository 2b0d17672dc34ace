/** The words for where a training stands, in the language of the page. */
import { m } from '#lib/paraglide/messages.js';
import type { Phase } from './training.ts';

export const phaseNames = {
	before: () => m.trainings_phase_before(),
	during: () => m.trainings_phase_during(),
	after: () => m.trainings_phase_after()
} satisfies Record<Phase, () => string>;
