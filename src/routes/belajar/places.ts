/** The places of the course under the names that a phone has for them. */
import { lessonKey, type Course, type Language } from '#lib/courses/course.ts';
import { lessonNote, toolNote } from '#lib/courses/note.ts';
import { lessonPath, quizPath, toolPath } from './paths.ts';

export interface NamedPlace {
	/** Subjects of operations and keys of notes. */
	readonly subjects: readonly string[];
	readonly title: string;
	readonly href: string;
}

export function placesIn({ modules, tools }: Course, locale: Language): NamedPlace[] {
	const lessons = modules.flatMap((module) => module.lessons);
	return [
		...lessons.map((lesson) => ({
			subjects: [lessonKey(lesson), lessonNote(lesson)],
			title: lesson.title[locale],
			href: lessonPath(lesson.moduleSlug, lesson.slug, locale)
		})),
		...modules
			.filter(({ quiz }) => quiz !== null)
			.map(({ slug, title }) => ({
				subjects: [slug],
				title: title[locale],
				href: quizPath(slug, locale)
			})),
		...tools.map(({ slug, title }) => ({
			subjects: [toolNote(slug)],
			title: title[locale],
			href: toolPath(slug, locale)
		}))
	];
}
