/** The two tests in the address: /tes/awal and /tes/akhir. */
import type { TestPhase } from '#lib/courses/tests/test.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { link } from '../../../links.ts';

const slugs = { pre: 'awal', post: 'akhir' } satisfies Record<TestPhase, string>;

/** Refuses with `not_found` any other word. */
export function phaseIn(slug: string): TestPhase {
	if (slug === slugs.pre) return 'pre';
	if (slug === slugs.post) return 'post';
	throw new Refusal('not_found', 'courses_refused_no_such_test');
}

export const testPath = (trainingId: string, phase: TestPhase, locale: Locale) =>
	link(`/pelatihan/${trainingId}/tes/${slugs[phase]}`, locale);

export const testsPath = (trainingId: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/tes`, locale);
