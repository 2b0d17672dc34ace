/** Trainings (bimtek): made and changed by the office, found by whoever they concern. */
import { and, asc, desc, eq } from 'drizzle-orm';
import type { CalendarDay, Zone } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { training } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { zoneOf, type Region } from '#lib/people/regions.ts';
import { findRegion, provincesList, regenciesAndCities } from '#lib/people/server/regions.ts';
import { trainingAccess, type TrainingAction } from '../access.ts';
import { defaultPlanDue, faultInDays, type Training } from '../training.ts';

const located = { trainingId: training.id, regionCode: training.regionCode };

/** The trainings an actor may read, the latest first. */
export async function trainingsOf(app: App, actor: Actor): Promise<Training[]> {
	return app.db.read
		.select()
		.from(training)
		.where(trainingAccess.where(actor, 'read', located))
		.orderBy(desc(training.startsOn), asc(training.title));
}

/**
 * One training, for an actor who wants to do `action` with it.
 *
 * Refuses with `not_found` when the actor may not even read it, so that ids
 * cannot be guessed, and with `forbidden` when reading is all they may do.
 */
export async function findTraining(
	read: Read,
	actor: Actor,
	id: string,
	action: TrainingAction = 'read'
): Promise<Training> {
	const [found] = await read
		.select()
		.from(training)
		.where(and(eq(training.id, id), trainingAccess.where(actor, 'read', located)));
	if (!found) throw new Refusal('not_found', 'trainings_refused_not_found');
	const object = { trainingId: found.id, regionCode: found.regionCode };
	if (!trainingAccess.can(actor, action, object)) {
		throw new Refusal('forbidden', 'trainings_refused_forbidden');
	}
	return found;
}

/** On whose clock the days of a training are; nothing else of it, so anybody may know. */
export async function zoneOfTraining(read: Read, id: string): Promise<Zone> {
	const [found] = await read
		.select({ zone: training.zone })
		.from(training)
		.where(eq(training.id, id));
	if (!found) throw new Refusal('not_found', 'trainings_refused_not_found');
	return found.zone;
}

/** What an actor may do with a training they can read: for menus and buttons. */
export interface Allowed {
	readonly manage: boolean;
	readonly run: boolean;
	readonly seeMembers: boolean;
}

export function allowedIn(actor: Actor, training: Training): Allowed {
	const object = { trainingId: training.id, regionCode: training.regionCode };
	return {
		manage: trainingAccess.can(actor, 'manage', object),
		run: trainingAccess.can(actor, 'run', object),
		seeMembers: trainingAccess.can(actor, 'see members', object)
	};
}

/** Provinces, regencies and cities for which an actor may hold trainings. */
export async function regionsToManage(app: App, actor: Actor): Promise<Region[]> {
	const provinces = await provincesList(app);
	const regencies = await regenciesAndCities(app);
	return [...provinces, ...regencies]
		.filter(({ code }) => trainingAccess.can(actor, 'manage', { regionCode: code }))
		.sort((a, b) => (a.code < b.code ? -1 : 1));
}

export interface TrainingTerms {
	readonly title: string;
	readonly place: string;
	readonly regionCode: string;
	/** Null: that of the region. */
	readonly zone: Zone | null;
	readonly startsOn: CalendarDay;
	readonly endsOn: CalendarDay;
	/** Null: one month after the closing day. */
	readonly planDueOn: CalendarDay | null;
	/** Null: on the closing day. */
	readonly feedbackOpensOn: CalendarDay | null;
}

/**
 * Makes a training; nobody can come in before its door gets a code.
 *
 * Refuses with `forbidden` outside the actor's region and with `invalid` when
 * the region is unknown or the days do not follow each other.
 */
export async function createTraining(
	app: App,
	actor: Actor,
	terms: TrainingTerms
): Promise<{ id: string }> {
	refuseOutside(actor, terms.regionCode);
	const row = completed(terms);
	await refuseUnknownRegion(app.db.read, terms.regionCode);
	const at = app.now();
	return app.db.write(async (tx) => {
		const [made] = await tx
			.insert(training)
			.values({ ...row, createdBy: actor.userId, createdAt: at })
			.returning();
		if (!made) throw new Error('the training was not written');
		await audit(tx, {
			actorId: actor.userId,
			action: 'training.created',
			object: `training:${made.id}`,
			at
		});
		return { id: made.id };
	});
}

/** The row of these terms; refuses with `invalid` days that do not follow each other. */
export function completed(terms: TrainingTerms) {
	const { title, place, regionCode, startsOn, endsOn } = terms;
	const zone = terms.zone ?? zoneOf(regionCode);
	const planDueOn = terms.planDueOn ?? defaultPlanDue(endsOn);
	const feedbackOpensOn = terms.feedbackOpensOn ?? endsOn;
	const row = { title, place, regionCode, zone, startsOn, endsOn, planDueOn, feedbackOpensOn };
	const fault = faultInDays(row);
	if (fault) throw new Refusal('invalid', faultMessages[fault]);
	return row;
}

const faultMessages = {
	endsOn: 'trainings_refused_ends_before_start',
	planDueOn: 'trainings_refused_due_before_end',
	feedbackOpensOn: 'trainings_refused_feedback_before_start'
};

export function refuseOutside(actor: Actor, regionCode: string): void {
	if (trainingAccess.can(actor, 'manage', { regionCode })) return;
	throw new Refusal('forbidden', 'trainings_refused_region');
}

export async function refuseUnknownRegion(read: Read, code: string): Promise<void> {
	if (await findRegion(read, code)) return;
	throw new Refusal('invalid', 'trainings_refused_region_unknown');
}
