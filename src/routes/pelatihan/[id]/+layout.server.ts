import { certificateAccess } from '#lib/courses/certificates/access.ts';
import { testAccess } from '#lib/courses/tests/access.ts';
import { attendanceAccess } from '#lib/trainings/access.ts';
import { phaseAt } from '#lib/trainings/training.ts';
import { allowedIn, findTraining } from '#lib/trainings/server/trainings.ts';
import { signedIn } from '../signed-in.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const { id, title, place, regionCode, zone, startsOn, endsOn, planDueOn, feedbackOpensOn } =
		training;
	const where = { trainingId: id, regionCode };
	return {
		training: {
			id,
			title,
			place,
			regionCode,
			zone,
			startsOn,
			endsOn,
			planDueOn,
			feedbackOpensOn
		},
		phase: phaseAt(training, app.now()),
		allowed: allowedIn(actor, training),
		attendance:
			attendanceAccess.can(actor, 'enter', where) || attendanceAccess.can(actor, 'follow', where),
		certificates:
			certificateAccess.can(actor, 'earn', where) || certificateAccess.can(actor, 'follow', where),
		tests: testAccess.can(actor, 'take', where) || testAccess.can(actor, 'read', where)
	};
};
