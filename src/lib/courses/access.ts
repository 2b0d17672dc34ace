/**
 * The course is for everybody who is signed in, whatever their assignment and
 * wherever it reaches: there is no role to tell apart, hence no table. Progress
 * is one's own: every action here takes its person from the actor alone.
 */
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';

/** The actor as a reader of the course. Refuses with `unauthenticated` when nobody is signed in. */
export function readerOf(actor: Actor | null): Actor {
	if (!actor) throw new Refusal('unauthenticated', 'courses_refused_signed_out');
	actor.asked++;
	return actor;
}
