import { readerOf } from '#lib/courses/access.ts';
import { lessonKey } from '#lib/courses/course.ts';
import { lessonNote, toolNote } from '#lib/courses/note.ts';
import { lessonPath, quizPath, toolPath } from '../paths.ts';
import type { PageServerLoad } from './$types';

/**
 * What waits lies on the phone alone, so this page knows none of it: only how the places are called
 * that it may be about. It is in the packs, and opens without a signal.
 */
export const load: PageServerLoad = ({ locals }) => {
	readerOf(locals.actor);
	const { course, locale } = locals;
	const lessons = course.modules.flatMap((module) => module.lessons);
	return {
		places: [
			...lessons.map((lesson) => ({
				subjects: [lessonKey(lesson), lessonNote(lesson)],
				title: lesson.title[locale],
				href: lessonPath(lesson.moduleSlug, lesson.slug, locale)
			})),
			...course.modules
				.filter(({ quiz }) => quiz !== null)
				.map(({ slug, title }) => ({
					subjects: [slug],
					title: title[locale],
					href: quizPath(slug, locale)
				})),
			...course.tools.map(({ slug, title }) => ({
				subjects: [toolNote(slug)],
				title: title[locale],
				href: toolPath(slug, locale)
			}))
		]
	};
};
