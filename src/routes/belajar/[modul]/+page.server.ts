import { readerOf } from '#lib/courses/access.ts';
import { findModule } from '#lib/courses/course.ts';
import { mayTakeModules } from '#lib/courses/interchange/access.ts';
import { progressOf } from '#lib/courses/server/progress.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const module = findModule(course, params.modul);
	const [progress] = await progressOf(app, { modules: [module] }, reader.userId);
	return {
		module: {
			slug: module.slug,
			title: module.title[locale],
			objectives: module.objectives[locale],
			optional: module.optional,
			hasQuiz: module.quiz !== null,
			planned: module.planned,
			lessons: module.lessons.map(({ slug, title, minutes, phase }) => ({
				slug,
				title,
				minutes,
				phase
			}))
		},
		mayTake: mayTakeModules(reader),
		progress
	};
};
