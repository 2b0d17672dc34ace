import { listInvitations } from '#lib/feedback/server/invitation.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	invitations: await listInvitations(locals.app, locals.actor)
});
