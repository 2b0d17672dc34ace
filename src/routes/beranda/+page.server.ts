import { holds } from '#lib/people/actor.ts';
import { takeResetNotice } from '#lib/people/server/accounts.ts';
import { dayIn } from '#lib/platform/calendar.ts';
import { nearestFirst, phaseAt } from '#lib/trainings/training.ts';
import { ownGroups } from '#lib/trainings/server/groups.ts';
import { ownRequests } from '#lib/trainings/server/joining.ts';
import { waitingCount } from '#lib/trainings/server/people.ts';
import { allowedIn, trainingsOf } from '#lib/trainings/server/trainings.ts';
import { participationIn, readingOf } from '../pelatihan/participation.server.ts';
import { signedIn } from '../pelatihan/signed-in.ts';
import type { PageServerLoad } from './$types';

/** Trainings shown here; the rest stands on /pelatihan. */
const MOST = 6;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const trainings = await trainingsOf(app, actor);
	const ownTeams = new Set((await ownGroups(app, actor)).map(({ trainingId }) => trainingId));
	const mine = [];
	const followed = [];
	for (const training of nearestFirst(trainings, (zone) => dayIn(zone, app.now()))) {
		const isOwn = ownTeams.has(training.id);
		const participation = isOwn ? await participationIn(locals, actor, training) : null;
		const { id, title, place, startsOn, endsOn } = training;
		const shown = { id, title, place, startsOn, endsOn, phase: phaseAt(training, app.now()) };
		if (participation) mine.push({ ...shown, ...participation });
		else if (followed.length < MOST) {
			const { run } = allowedIn(actor, training);
			const waiting = run ? await waitingCount(app.db.read, id) : 0;
			followed.push({ ...shown, waiting });
		}
	}
	const requests = await ownRequests(app, actor);
	return {
		mine,
		followed,
		waiting: requests.filter(({ state }) => state === 'waiting'),
		reading: await readingOf(locals, actor),
		staff: holds(actor, 'facilitator', 'officer', 'consultant', 'admin'),
		reviews: holds(actor, 'reviewer'),
		admin: holds(actor, 'admin'),
		resetAt: await takeResetNotice(app, actor),
		/** Who has just chosen the first password: what to sign in with from now on. */
		firstSignIn: url.searchParams.get('sandi') === 'pertama' ? actor.username : null
	};
};
