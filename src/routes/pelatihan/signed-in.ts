import { Refusal } from '#lib/platform/refusal.ts';
import type { Actor } from '#lib/people/actor.ts';

/** Whoever asks; hooks send guests to /masuk long before. */
export function signedIn({ actor }: App.Locals): Actor {
	if (!actor) throw new Refusal('unauthenticated', 'people_refused_sign_in_first');
	return actor;
}
