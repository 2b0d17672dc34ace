import { fail, redirect } from '@sveltejs/kit';
import { readerOf } from '#lib/courses/access.ts';
import { findLesson, findModule, nextLesson, previousLesson } from '#lib/courses/course.ts';
import type { Lesson } from '#lib/courses/course.ts';
import { questionsOf, resultsOf } from '#lib/courses/quiz.ts';
import { atLesson, findPractice, practiseLesson } from '#lib/courses/server/practice.ts';
import { markLessonDone, progressOf } from '#lib/courses/server/progress.ts';
import { nothing, readForm, sentIn } from '#lib/platform/form.ts';
import { newId } from '#lib/platform/ids.ts';
import { answersIn } from '#lib/questions/items/answers.ts';
import { orBackToForm } from '../../../refusals.ts';
import { lessonPath } from '../../paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const module = findModule(course, params.modul);
	const lesson = findLesson(module, params.pelajaran);
	const [progress] = await progressOf(app, { modules: [module] }, reader.userId);
	const named = (other: Lesson | null) => other && { slug: other.slug, title: other.title[locale] };
	return {
		module: { slug: module.slug, title: module.title[locale], hasQuiz: module.quiz !== null },
		lesson: {
			slug: lesson.slug,
			title: lesson.title[locale],
			minutes: lesson.minutes,
			objectives: lesson.objectives[locale],
			sources: lesson.sources[locale],
			html: lesson.html[locale]
		},
		practice: {
			questions: questionsOf(lesson.questions, locale),
			formId: newId(),
			results: await practised(locals, lesson, url.searchParams.get('latihan'))
		},
		done: progress?.doneLessons.includes(lesson.slug) ?? false,
		previous: named(previousLesson(module, lesson)),
		next: named(nextLesson(module, lesson))
	};
};

async function practised(locals: App.Locals, lesson: Lesson, attemptId: string | null) {
	if (attemptId === null) return null;
	const answers = await findPractice(locals.app, locals.actor, {
		occasion: atLesson(lesson),
		attemptId
	});
	return resultsOf(lesson.questions, answers, locals.locale);
}

export const actions: Actions = {
	latihan: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const lesson = findLesson(findModule(course, event.params.modul), event.params.pelajaran);
			const { lacks, ...filled } = answersIn(form, questionsOf(lesson.questions, locale));
			if (Object.keys(lacks).length > 0) return fail(400, { lacks, sent: sentIn(form) });
			const { attemptId } = await practiseLesson(app, actor, lesson, filled);
			const path = lessonPath(lesson.moduleSlug, lesson.slug, locale);
			redirect(303, `${path}?latihan=${attemptId}#latihan`);
		}),
	selesai: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			readForm(nothing, form);
			const lesson = findLesson(findModule(course, event.params.modul), event.params.pelajaran);
			await markLessonDone(app, actor, lesson);
			redirect(303, `${lessonPath(lesson.moduleSlug, lesson.slug, locale)}#lanjut`);
		})
};
