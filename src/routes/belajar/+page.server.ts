import { readerOf } from '#lib/courses/access.ts';
import { nextInCourse, nextInPhase, preworkLeft } from '#lib/courses/progress.ts';
import { progressOf } from '#lib/courses/server/progress.ts';
import { sessionOf } from './session.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const progress = await progressOf(app, course, reader.userId);
	const session = await sessionOf(locals, reader);
	const ownNext = session && nextInPhase(course, progress, session.phase);
	const next = ownNext ?? nextInCourse(course, progress);
	return {
		session,
		before: session?.phase === 'before' ? preworkLeft(course, progress) : null,
		next: next && {
			moduleSlug: next.module.slug,
			moduleTitle: next.module.title[locale],
			lesson:
				next.step.kind === 'lesson'
					? { slug: next.step.slug, title: next.step.title[locale] }
					: null
		},
		modules: course.modules.map((module, at) => ({
			slug: module.slug,
			title: module.title[locale],
			optional: module.optional,
			hasQuiz: module.quiz !== null,
			planned: module.planned.length,
			progress: progress[at]
		}))
	};
};
