import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readerOf } from '#lib/courses/access.ts';
import { findModule, type Module } from '#lib/courses/course.ts';
import { isPassed, PASS_PERCENT, questionsOf, resultsOf } from '#lib/courses/quiz.ts';
import { findAttempt, handInQuiz, progressOf, quizOf } from '#lib/courses/server/progress.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatInstant } from '#lib/platform/calendar.ts';
import { line, readForm, typedIn } from '#lib/platform/form.ts';
import { newId } from '#lib/platform/ids.ts';
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
		questions: questionsOf(quiz, locale),
		formId: newId(),
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
		items: resultsOf(quizOf(module), attempt.answers, locale),
		lessons: module.lessons.map(({ slug, title }) => ({ slug, title: title[locale] }))
	};
}

/** The sheet and one answer per question; which questions there are is the room's to say. */
const handIn = v.objectWithRest({ lembar: line(40) }, line(10));

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const { lembar: formId, ...answers } = readForm(handIn, form);
			const module = findModule(course, event.params.modul);
			const handedIn = await handInQuiz(app, actor, module, { formId, answers });
			if (handedIn.kind === 'incomplete') {
				const refusal = m.courses_quiz_incomplete({}, { locale });
				return fail(400, { refusal, fields: [...handedIn.unanswered], typed: typedIn(form) });
			}
			redirect(303, `${quizPath(module.slug, locale)}?percobaan=${handedIn.attemptId}`);
		})
};
