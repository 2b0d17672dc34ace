import { testAccess } from '#lib/courses/tests/access.ts';
import { windowsOf } from '#lib/courses/tests/server/windows.ts';
import { feedbackAccess } from '#lib/feedback/access.ts';
import { dayIn } from '#lib/platform/calendar.ts';
import { phaseOn } from '#lib/trainings/training.ts';
import { agendaOf } from '#lib/trainings/server/agenda.ts';
import { facilitatorsOf } from '#lib/trainings/server/facilitators.ts';
import { groupsOf } from '#lib/trainings/server/groups.ts';
import { teamsOf, waitingCount } from '#lib/trainings/server/people.ts';
import { allowedIn, findTraining } from '#lib/trainings/server/trainings.ts';
import { plansOfTraining } from '#lib/plans/server/plans.ts';
import { asCard, participationIn } from '../participation.server.ts';
import { materialsOf } from '../materials.ts';
import { signedIn } from '../signed-in.ts';
import { staffStep } from '../staff-step.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const { run, manage } = allowedIn(actor, training);
	const participation = await participationIn(locals, actor, training);
	const teams = await teamsOf(app, actor, training.id);
	const plans = participation ? [] : await plansOfTraining(app, actor, training.id);
	const place = { trainingId: training.id, regionCode: training.regionCode };
	const slots = await agendaOf(app, actor, training.id);
	const members = teams.flatMap((team) => team.members);
	const facilitators = await facilitatorsOf(app, actor, training.id);
	const waiting = run ? await waitingCount(app.db.read, training.id) : 0;
	const today = dayIn(training.zone, app.now());
	const { pre, post } = await windowsOf(app.db.read, training.id);
	const next = staffStep({
		phase: phaseOn(training, today),
		isLastDay: today === training.endsOn,
		may: { manage, run, test: testAccess.can(actor, 'run', place) },
		facilitators: facilitators.length,
		sessions: slots.length,
		people: members.length + waiting,
		opened: { pre: pre !== null, post: post !== null }
	});
	return {
		participation,
		team: participation && (teams[0] ?? null),
		next: participation ? null : next,
		facilitators: facilitators.map(({ name }) => name),
		slots,
		materials: materialsOf(locals, slots),
		groups: participation
			? []
			: (await groupsOf(app, actor, training.id)).map(({ id, name }) => ({
					id,
					name,
					people: teams.find((team) => team.id === id)?.members.map((member) => member.name),
					plans: plans.filter((plan) => plan.groupId === id).map(asCard)
				})),
		reviews: feedbackAccess.can(actor, 'review', place),
		waiting,
		members: members.length,
		online: members.filter((member) => member.online).length
	};
};
