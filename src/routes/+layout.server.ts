import { holds } from '#lib/people/actor.ts';
import { withoutLocale } from './links.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
	const { actor, locale } = locals;
	return {
		locale,
		/** The same page in any language. */
		path: withoutLocale(url.pathname) + url.search,
		me: actor && {
			userId: actor.userId,
			name: actor.name,
			participant: holds(actor, 'participant'),
			staff: holds(actor, 'facilitator', 'officer', 'consultant', 'admin'),
			reviews: holds(actor, 'reviewer', 'officer', 'consultant', 'facilitator'),
			admin: holds(actor, 'admin')
		},
		demo: locals.app.settings.demo
	};
};
