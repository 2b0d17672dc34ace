import { readerOf } from '#lib/courses/access.ts';
import { findModule } from '#lib/courses/course.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => {
	readerOf(locals.actor);
	const { course, locale } = locals;
	const module = findModule(course, params.modul);
	const named = new Set(module.lessons.flatMap((lesson) => lesson.terms));
	return {
		module: {
			slug: module.slug,
			title: module.title[locale],
			edition: module.edition,
			objectives: module.objectives[locale]
		},
		lessons: module.lessons.map((lesson) => ({
			slug: lesson.slug,
			title: lesson.title[locale],
			minutes: lesson.minutes,
			phase: lesson.phase,
			objectives: lesson.objectives[locale],
			sources: lesson.sources[locale],
			html: oneLevelDown(lesson.html[locale]),
			tool: course.tools.find((tool) => tool.slug === lesson.tool) ?? null
		})),
		terms: course.terms
			.filter(({ slug }) => named.has(slug))
			.sort((one, other) => one.term[locale].localeCompare(other.term[locale], locale))
	};
};

/** Below the lesson's own heading, which is an h2 here. */
function oneLevelDown(html: string): string {
	return html.replace(
		/<(\/?)h([2-5])>/g,
		(_, end: string, level: string) => `<${end}h${Number(level) + 1}>`
	);
}
