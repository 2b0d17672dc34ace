import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Course } from '#lib/courses/course.ts';
import { ALL, readTest, REVIEW } from '#lib/courses/tests/server/form-pages.ts';
import { handInPages, saveTestPage } from '#lib/courses/tests/server/page-saving.ts';
import { startTest } from '#lib/courses/tests/server/taking.ts';
import { formatInstant, formatTime } from '#lib/platform/calendar.ts';
import { nothing, readForm, sentIn } from '#lib/platform/form.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { lessonPath } from '../../../../belajar/paths.ts';
import { orBackToForm } from '../../../../refusals.ts';
import { signedIn } from '../../../signed-in.ts';
import { newerElsewhere, newerIn } from '../newer.ts';
import { phaseIn, testPath } from '../phase.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, course, locale } = locals;
	const actor = signedIn(locals);
	const phase = phaseIn(params.tes);
	const training = await findTraining(app.db.read, actor, params.id);
	const wanted = { page: url.searchParams.get('bagian'), language: locale };
	const view = await readTest(app, course, actor, { trainingId: params.id, phase }, wanted);
	return {
		phase,
		view,
		/** Items that another device answered after the page before this one was made. */
		newer: newerIn(url),
		/** Without what follows a question mark: what a phone calls this test. */
		path: testPath(params.id, phase, locale),
		savedAt:
			'savedAt' in view && view.savedAt ? formatTime(view.savedAt, training.zone, locale) : null,
		handedInAt:
			view.kind === 'result' ? formatInstant(view.handedInAt, training.zone, locale) : null,
		lessons: view.kind === 'result' ? lessonsOf(course, locale) : []
	};
};

/** Where the lessons are that items ask about; those that can be read. */
function lessonsOf({ modules }: Course, locale: App.Locals['locale']) {
	return modules.flatMap((module) =>
		module.lessons.map(({ slug, title }) => ({
			key: `${module.slug}/${slug}`,
			title: title[locale],
			href: lessonPath(module.slug, slug, locale)
		}))
	);
}

type Event = RequestEvent<{ id: string; tes: string }>;

const whichIn = ({ params }: Event) => ({ trainingId: params.id, phase: phaseIn(params.tes) });

/** Saves the page that was sent, then goes to another one. */
const saveAndGo = (to: (here: { page: number; pages: number }) => number | typeof REVIEW) =>
	((event: Event) =>
		orBackToForm(event, async (form) => {
			const { app, course, locale } = event.locals;
			const which = whichIn(event);
			const page = event.url.searchParams.get('bagian');
			const saved = await saveTestPage(app, course, signedIn(event.locals), which, { page, form });
			if (saved.kind === 'lacking') return fail(400, { lacks: saved.lacks, sent: sentIn(form) });
			const path = testPath(which.trainingId, which.phase, locale);
			// Whose answer was not taken sees first which one stands.
			const next = saved.newer.length > 0 ? (page === ALL ? ALL : saved.page) : to(saved);
			redirect(303, `${path}?bagian=${next}${newerElsewhere(saved.newer, '&')}`);
		})) satisfies Actions[string];

export const actions: Actions = {
	mulai: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, locale } = event.locals;
			readForm(nothing, form);
			const which = whichIn(event);
			await startTest(app, course, signedIn(event.locals), which);
			redirect(303, `${testPath(which.trainingId, which.phase, locale)}?bagian=1`);
		}),
	lanjut: saveAndGo(({ page, pages }) => (page < pages ? page + 1 : REVIEW)),
	kembali: saveAndGo(({ page }) => Math.max(1, page - 1)),
	periksa: saveAndGo(() => REVIEW),
	kirim: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, locale } = event.locals;
			readForm(nothing, form);
			const which = whichIn(event);
			await handInPages(app, course, signedIn(event.locals), which);
			redirect(303, testPath(which.trainingId, which.phase, locale));
		})
};
