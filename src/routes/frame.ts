import { holds, isStaff } from '#lib/people/actor.ts';
import { shortName } from '#lib/people/short-name.ts';
import { m } from '#lib/paraglide/messages.js';
import { blank } from './blanks.ts';
import { pagePath } from './links.ts';

/** What stands around every page, and all that a page knows of its reader without asking a room. */
export function frameOf(locals: App.Locals, url: URL) {
	const { actor, locale, impersonal, inBlank } = locals;
	return {
		locale,
		impersonal,
		/** The same page in any language. */
		path: pagePath(url.pathname) + url.search,
		me: actor && {
			userId: inBlank ? '' : actor.userId,
			...(inBlank && !impersonal ? blankNames : namesOf(locals)),
			participant: holds(actor, 'participant'),
			staff: isStaff(actor.grants),
			follows: holds(actor, 'reviewer', 'officer', 'consultant'),
			reviews: holds(actor, 'reviewer', 'officer', 'consultant', 'facilitator'),
			admin: holds(actor, 'admin')
		},
		demo: locals.app.settings.demo
	};
}

const blankNames = { name: blank('name'), shortName: blank('shortName') };

/** How pages call who asks. */
export function namesOf({ actor, impersonal, locale }: App.Locals) {
	const nobody = m.routes_own_account({}, { locale });
	if (impersonal || !actor) return { name: nobody, shortName: nobody };
	return { name: actor.name, shortName: shortName(actor.name) };
}
