import { fail, redirect } from '@sveltejs/kit';
import { readerOf } from '#lib/courses/access.ts';
import { findModule, lessonKey, type Module } from '#lib/courses/course.ts';
import { isPassed, PASS_PERCENT, questionsOf, resultsOf } from '#lib/courses/quiz.ts';
import { findAttempt, handInQuiz, progressOf, quizOf } from '#lib/courses/server/progress.ts';
import { formatInstant } from '#lib/platform/calendar.ts';
import { sentIn } from '#lib/platform/form.ts';
import { newId } from '#lib/platform/ids.ts';
import { answersIn } from '#lib/questions/items/answers.ts';
import { orBackToForm } from '../../../refusals.ts';
import { quizPath } from '../../paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { course, locale } = locals;
	readerOf(locals.actor);
	const module = findModule(course, params.modul);
	const quiz = quizOf(module);
	const attemptId = url.searchParams.get('percobaan');
	return {
		module: { slug: module.slug, title: module.title[locale] },
		passPercent: PASS_PERCENT,
		total: quiz.items.length,
		questions: questionsOf(quiz.items, locale),
		// A page that many phones keep must not name the sheet of one: each phone names its own.
		formId: locals.impersonal ? '' : newId(),
		result: attemptId ? await resultOf(locals, module, attemptId) : null
	};
};

async function resultOf(locals: App.Locals, module: Module, attemptId: string) {
	const { app, locale } = locals;
	const reader = readerOf(locals.actor);
	const attempt = await findAttempt(app, reader, { moduleSlug: module.slug, attemptId });
	const [progress] = await progressOf(app, { modules: [module] }, reader.userId);
	return {
		score: attempt.score,
		passed: isPassed(attempt.score),
		best: progress?.quizBest ?? attempt.score,
		storedAt: formatInstant(attempt.at, 'Asia/Jakarta', locale),
		changed: attempt.edition !== module.edition,
		items: resultsOf(quizOf(module).items, attempt.answers, locale),
		lessons: module.lessons.map((lesson) => ({
			key: lessonKey(lesson),
			slug: lesson.slug,
			title: lesson.title[locale]
		}))
	};
}

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const module = findModule(course, event.params.modul);
			const { formId, answers, lacks } = answersIn(form, questionsOf(quizOf(module).items, locale));
			if (Object.keys(lacks).length > 0) return fail(400, { lacks, sent: sentIn(form) });
			const { attemptId } = await handInQuiz(app, actor, module, { formId, answers });
			redirect(303, `${quizPath(module.slug, locale)}?percobaan=${attemptId}`);
		})
};
