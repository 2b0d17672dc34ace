/**
 * What the demo is laid out with: the rooms' own tools, but with a clock that
 * can be set to a day in the past, and people who act without having signed in.
 */
import { eq } from 'drizzle-orm';
import { addDays, dayIn, type CalendarDay } from '#lib/platform/calendar.ts';
import { Events } from '#lib/platform/events.ts';
import { whereThrown } from '#lib/platform/server/log.ts';
import type { App } from '#lib/platform/server/app.ts';
import { grant, groupMember, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { asGrant } from '#lib/people/server/grants.ts';

export const ZONE = 'Asia/Jakarta';

export interface Stage {
	readonly app: App;
	readonly today: CalendarDay;
	/** Five days, closed ten days ago. */
	readonly startsOn: CalendarDay;
	readonly endsOn: CalendarDay;
}

/** Nobody is there yet who would have to hear the news, so it stays on the stage. */
export function setStage(app: App): Stage {
	const events = new Events((thrown) =>
		app.log('error', 'listener_failed', { where: whereThrown(thrown) })
	);
	const today = dayIn(ZONE, app.now());
	const endsOn = addDays(today, -10);
	return { app: { ...app, events }, today, startsOn: addDays(endsOn, -4), endsOn };
}

/** The tools as they were at that time on the clock of Jakarta. */
export function at({ app }: Stage, day: CalendarDay, time: string): App {
	const instant = new Date(`${day}T${time}:00+07:00`);
	return { ...app, now: () => instant };
}

/** The person with their grants and groups of this moment. */
export async function actorOf({ app: { db } }: Stage, userId: string): Promise<Actor> {
	const [who] = await db.read.select().from(user).where(eq(user.id, userId));
	if (!who) throw new Error(`no such person: ${userId}`);
	const grants = await db.read.select().from(grant).where(eq(grant.userId, userId));
	const groups = await db.read.select().from(groupMember).where(eq(groupMember.userId, userId));
	return {
		userId,
		name: who.name,
		username: who.username,
		sessionId: 'demo',
		grants: grants.map(asGrant),
		groupIds: groups.map((row) => row.groupId),
		asked: 0
	};
}
