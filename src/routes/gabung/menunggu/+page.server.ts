import { redirect } from '@sveltejs/kit';
import { ownRequests } from '#lib/trainings/server/joining.ts';
import { link } from '../../links.ts';
import { renewEvery } from '../../pelatihan/refresh.ts';
import type { PageServerLoad } from './$types';

const SECONDS = 10;

/** The waiting room: whoever has been let in is led on. */
export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	const { app, actor, locale } = locals;
	const requests = actor ? await ownRequests(app, actor) : [];
	const open = requests.filter(({ state }) => state !== 'approved');
	const entered = requests.findLast(({ mayEnter }) => mayEnter);
	const waits = open.some(({ state }) => state === 'waiting');
	if (open.length === 0 || (entered && !waits)) {
		redirect(303, link(entered ? `/pelatihan/${entered.trainingId}` : '/beranda', locale));
	}
	return {
		requests: open,
		username: actor?.username ?? null,
		seconds: SECONDS,
		...(waits ? renewEvery(SECONDS, event) : { still: true })
	};
};
