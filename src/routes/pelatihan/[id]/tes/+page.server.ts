import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Course } from '#lib/courses/course.ts';
import { testAccess } from '#lib/courses/tests/access.ts';
import { classTests } from '#lib/courses/tests/server/class.ts';
import { readTest } from '#lib/courses/tests/server/form-pages.ts';
import { closeTest, openTest, type WhichTest } from '#lib/courses/tests/server/windows.ts';
import { testPhases, type TestPhase } from '#lib/courses/tests/test.ts';
import { formatInstant } from '#lib/platform/calendar.ts';
import { nothing, readForm } from '#lib/platform/form.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { orBackToForm } from '../../../refusals.ts';
import { signedIn } from '../../signed-in.ts';
import { testPath, testsPath } from './phase.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, course } = locals;
	const unfolded = url.searchParams.has('terbuka');
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const place = { trainingId: training.id, regionCode: training.regionCode };
	if (testAccess.can(actor, 'read', place)) {
		return { unfolded, own: null, lessons: titlesOf(locals, course), ...(await theClass()) };
	}
	const own = await Promise.all(testPhases.map((phase) => ownIn(phase)));
	return { unfolded, own, lessons: [], tests: null };

	async function theClass() {
		const { tests, ...found } = await classTests(app, actor, training.id);
		const said = (at: Date | null) => at && formatInstant(at, training.zone, locals.locale);
		const shown = (phase: TestPhase) => ({
			...tests[phase],
			openedAt: said(tests[phase].openedAt),
			closedAt: said(tests[phase].closedAt)
		});
		const { turnout, gain, participants, mayRun, over } = found;
		return {
			tests: { pre: shown('pre'), post: shown('post') },
			turnout,
			gain,
			participants,
			mayRun,
			over
		};
	}

	async function ownIn(phase: TestPhase) {
		const wanted = { page: null, language: locals.locale };
		const view = await readTest(app, course, actor, { trainingId: training.id, phase }, wanted);
		return { phase, path: testPath(training.id, phase, locals.locale), view };
	}
};

function titlesOf({ locale }: App.Locals, { modules }: Course) {
	return modules.map((module) => ({
		slug: module.slug,
		title: module.title[locale],
		lessons: [...module.lessons, ...module.planned].map(({ slug, title }) => ({
			key: `${module.slug}/${slug}`,
			title: title[locale]
		}))
	}));
}

type Event = RequestEvent<{ id: string }>;

const thenShow = (phase: TestPhase, turn: (event: Event, which: WhichTest) => Promise<void>) =>
	((event: Event) =>
		orBackToForm(event, async (form) => {
			readForm(nothing, form);
			const trainingId = event.params.id;
			await turn(event, { trainingId, phase });
			redirect(303, testsPath(trainingId, event.locals.locale));
		})) satisfies Actions[string];

const opening = ({ locals }: Event, which: WhichTest) =>
	openTest(locals.app, locals.course, signedIn(locals), which);
const closing = ({ locals }: Event, which: WhichTest) =>
	closeTest(locals.app, signedIn(locals), which);

export const actions: Actions = {
	buka_awal: thenShow('pre', opening),
	tutup_awal: thenShow('pre', closing),
	buka_akhir: thenShow('post', opening),
	tutup_akhir: thenShow('post', closing)
};
