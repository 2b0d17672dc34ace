import type { Course, Module, PlannedLesson } from '../src/lib/courses/course.ts';

/** A lesson of begunCourse that nobody can read yet. */
export const plannedLesson: PlannedLesson = {
	slug: 'lesson-to-come',
	minutes: 10,
	title: { id: 'Pelajaran yang ditunggu', en: 'A lesson to come' },
	objective: { id: 'Menunggu dengan sabar', en: 'Wait patiently' }
};

/**
 * The course as it is while it is being written: its first module, and after it
 * one whose lessons are only planned and whose quiz is missing.
 */
export function begunCourse(course: Course): Course {
	const [first] = course.modules;
	if (!first?.quiz) throw new Error('the first module is not complete');
	const planned: Module = {
		...first,
		slug: 'module-to-come',
		order: 2,
		edition: 'none',
		title: { id: 'Modul yang ditunggu', en: 'A module to come' },
		lessons: [],
		planned: [plannedLesson],
		quiz: null
	};
	return { ...course, modules: [first, planned] };
}
