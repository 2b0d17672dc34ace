import { redirect } from '@sveltejs/kit';
import { readerOf } from '#lib/courses/access.ts';
import { findLesson, findModule, nextLesson, previousLesson } from '#lib/courses/course.ts';
import type { Lesson } from '#lib/courses/course.ts';
import { markLessonDone, progressOf } from '#lib/courses/server/progress.ts';
import { nothing, readForm } from '#lib/platform/form.ts';
import { orBackToForm } from '../../../refusals.ts';
import { lessonPath } from '../../paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const module = findModule(course, params.modul);
	const lesson = findLesson(module, params.pelajaran);
	const [progress] = await progressOf(app, { modules: [module] }, reader.userId);
	const named = (other: Lesson | null) => other && { slug: other.slug, title: other.title[locale] };
	return {
		module: { slug: module.slug, title: module.title[locale], hasQuiz: module.quiz !== null },
		lesson: {
			title: lesson.title[locale],
			minutes: lesson.minutes,
			objectives: lesson.objectives[locale],
			sources: lesson.sources[locale],
			html: lesson.html[locale]
		},
		done: progress?.doneLessons.includes(lesson.slug) ?? false,
		previous: named(previousLesson(module, lesson)),
		next: named(nextLesson(module, lesson))
	};
};

export const actions: Actions = {
	selesai: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			readForm(nothing, form);
			const lesson = findLesson(findModule(course, event.params.modul), event.params.pelajaran);
			await markLessonDone(app, actor, lesson);
			redirect(303, `${lessonPath(lesson.moduleSlug, lesson.slug, locale)}#lanjut`);
		})
};
