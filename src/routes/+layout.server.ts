import everyPage from '#lib/ui/every-page.ts?worker&url';
import { holds, isStaff } from '#lib/people/actor.ts';
import { shortName } from '#lib/people/short-name.ts';
import { m } from '#lib/paraglide/messages.js';
import { pagePath } from './links.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
	const { actor, locale, impersonal } = locals;
	return {
		/** The small script; pages of the course have one of their own instead. */
		enhancement: everyPage,
		locale,
		impersonal,
		/** The same page in any language. */
		path: pagePath(url.pathname) + url.search,
		me: actor && {
			userId: actor.userId,
			name: impersonal ? m.routes_own_account({}, { locale }) : actor.name,
			shortName: impersonal ? m.routes_own_account({}, { locale }) : shortName(actor.name),
			participant: holds(actor, 'participant'),
			staff: isStaff(actor.grants),
			follows: holds(actor, 'reviewer', 'officer', 'consultant'),
			reviews: holds(actor, 'reviewer', 'officer', 'consultant', 'facilitator'),
			admin: holds(actor, 'admin')
		},
		demo: locals.app.settings.demo
	};
};
