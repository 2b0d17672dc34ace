import type { Course } from '#lib/courses/course.ts';

/** The version of a test question that is asked now: rewording it needs no change in a test. */
export function versionOf({ test }: Course, itemId: string): number {
	const asked = [...(test?.A ?? []), ...(test?.B ?? [])];
	return asked.find(({ id }) => id === itemId)?.version ?? 1;
}
