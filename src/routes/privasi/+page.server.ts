import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
	contact: locals.app.settings.privacyContact
});
