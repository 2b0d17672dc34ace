import { fail, redirect } from '@sveltejs/kit';
import { questionsOf, resultsOf } from '#lib/courses/quiz.ts';
import { findPractice } from '#lib/courses/server/practice.ts';
import { answerRecall, occasionOf, recallIn } from '#lib/courses/server/recall.ts';
import { formatDay } from '#lib/platform/calendar.ts';
import { sentIn } from '#lib/platform/form.ts';
import { newId } from '#lib/platform/ids.ts';
import { answersIn } from '#lib/questions/items/answers.ts';
import { lessonPath } from '../../../belajar/paths.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, course, locale } = locals;
	const actor = signedIn(locals);
	const recall = await recallIn(app, course, actor, params.id);
	if (recall.kind !== 'open') {
		return {
			state: recall.kind,
			next: recall.kind === 'not yet' ? formatDay(recall.from, locale) : null,
			questions: [],
			results: null,
			lessons: [],
			formId: ''
		};
	}
	const { items, attemptId, day } = recall;
	const occasion = occasionOf(params.id, day);
	const past = attemptId && (await findPractice(app, actor, { occasion, items, attemptId }));
	return {
		state: recall.kind,
		next: recall.next && formatDay(recall.next, locale),
		questions: questionsOf(items, locale),
		results: past && past.items.length > 0 ? resultsOf(past.items, past.answers, locale) : null,
		lessons: course.modules.flatMap((module) =>
			module.lessons.map(({ slug, title }) => ({
				key: `${module.slug}/${slug}`,
				title: title[locale],
				href: lessonPath(module.slug, slug, locale)
			}))
		),
		formId: newId()
	};
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, locale } = event.locals;
			const actor = signedIn(event.locals);
			const trainingId = event.params.id;
			const recall = await recallIn(app, course, actor, trainingId);
			const items = recall.kind === 'open' ? recall.items : [];
			const { lacks, ...filled } = answersIn(form, questionsOf(items, locale));
			if (Object.keys(lacks).length > 0) return fail(400, { lacks, sent: sentIn(form) });
			await answerRecall(app, course, actor, { trainingId, form: filled });
			redirect(303, link(`/pelatihan/${trainingId}/ingat-lagi`, locale));
		})
};
