import { createHash } from 'node:crypto';
import { findModule, type Course } from '../course.ts';
import { BASE_PACK } from '../pack.ts';

/**
 * Changes whenever the text in a pack does, whatever the program around it does. Refuses with
 * `not_found` when there is no such module.
 */
export function packEdition(course: Course, name: string): string {
	if (name !== BASE_PACK) return findModule(course, name).edition;
	const titles = course.modules.map(({ slug, title, lessons }) => [slug, title, lessons.length]);
	const tools = course.tools.map(({ slug, title }) => [slug, title]);
	const around = JSON.stringify([titles, tools, course.terms]);
	return createHash('sha256').update(around).digest('hex').slice(0, 12);
}
