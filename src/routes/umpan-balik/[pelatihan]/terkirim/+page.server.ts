import { redirect } from '@sveltejs/kit';
import { findInvitation } from '#lib/feedback/server/invitation.ts';
import { link } from '../../../links.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, actor, locale } = locals;
	const { state, training } = await findInvitation(app, actor, params.pelatihan);
	if (state !== 'answered') redirect(303, link(`/umpan-balik/${training.id}`, locale));
	return { title: training.title };
};
