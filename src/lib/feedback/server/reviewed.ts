/** Which trainings, and which places, a reader may read the feedback of. */
import { and, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { count, sum } from '#lib/platform/server/db/sql.ts';
import {
	feedbackParticipation,
	feedbackTally,
	grant,
	region,
	training
} from '#lib/platform/server/db/schema/index.ts';
import { feedbackAccess } from '../access.ts';
import type { Instrument } from '../instrument.ts';
import { isReportRegion, liesIn, reportRegionsOf, type Place } from '../place.ts';
import { FORMS } from '../tally.ts';
import { findTraining, trainingColumns, type FeedbackTraining } from './trainings.ts';

/** How many were asked, how many handed in, and how many of those the numbers already hold. */
export interface Turnout {
	readonly invited: number;
	readonly answered: number;
	/** The last few wait until there are five of them. */
	readonly shown: number;
}

export interface ReviewedTraining extends Turnout {
	readonly training: FeedbackTraining;
}

export interface ReviewedRegion {
	readonly code: string;
	readonly name: string;
}

export interface Reviewed {
	/** The latest first. */
	readonly trainings: readonly ReviewedTraining[];
	/** Regions with trainings whose whole feedback this reader may read. */
	readonly regions: readonly ReviewedRegion[];
	readonly nation: boolean;
}

/** Everything this person may read about; empty for those who may read nothing. */
export async function listReviewed(
	app: App,
	actor: Actor | null,
	instrument: Instrument
): Promise<Reviewed> {
	const columns = { trainingId: training.id, regionCode: training.regionCode };
	const mine = feedbackAccess.where(actor, 'review', columns);
	return app.db.snapshot(async (read) => {
		const found = await read
			.select(trainingColumns)
			.from(training)
			.where(mine)
			.orderBy(desc(training.endsOn), training.id);
		const turnouts = await turnoutsOf(read, mine, instrument);
		const nobody: Turnout = { invited: 0, answered: 0, shown: 0 };
		return {
			trainings: found.map((one) => ({
				training: one,
				...(turnouts.get(one.id) ?? nobody)
			})),
			regions: await wholeRegions(read, actor, found),
			nation: feedbackAccess.can(actor, 'review', {})
		};
	});
}

/**
 * The place a page was asked about. Refuses with `not_found` what does not exist
 * or reaches beyond what the reader may read whole.
 */
export async function findPlace(
	app: App,
	actor: Actor | null,
	wanted: { trainingId: string } | { regionCode: string } | 'nation'
): Promise<Place> {
	const refusal = new Refusal('not_found', 'feedback_refused_not_found');
	if (wanted === 'nation') {
		if (!feedbackAccess.can(actor, 'review', {})) throw refusal;
		return { kind: 'nation' };
	}
	if ('regionCode' in wanted) {
		const code = wanted.regionCode;
		if (!isReportRegion(code) || !feedbackAccess.can(actor, 'review', wanted)) throw refusal;
		return { kind: 'region', code };
	}
	const found = await findTraining(app.db.read, wanted.trainingId);
	const at = { trainingId: found?.id ?? null, regionCode: found?.regionCode ?? null };
	if (!found || !feedbackAccess.can(actor, 'review', at)) throw refusal;
	return { kind: 'training', id: found.id, regionCode: found.regionCode };
}

/** Together, over the trainings of a place. */
export function turnoutIn(place: Place, trainings: readonly ReviewedTraining[]): Turnout {
	const there = trainings.filter((one) => liesIn(place, one.training));
	const add = (of: (one: Turnout) => number) => there.reduce((n, one) => n + of(one), 0);
	return {
		invited: add((one) => one.invited),
		answered: add((one) => one.answered),
		shown: add((one) => one.shown)
	};
}

async function turnoutsOf(
	read: Read,
	mine: SQL,
	{ id, version }: Instrument
): Promise<Map<string, Turnout>> {
	const invited = await read
		.select({ trainingId: training.id, n: count() })
		.from(grant)
		.innerJoin(training, eq(training.id, grant.scopeId))
		.where(and(eq(grant.role, 'participant'), eq(grant.scopeKind, 'training'), mine))
		.groupBy(training.id);
	const answered = await read
		.select({ trainingId: training.id, n: count() })
		.from(feedbackParticipation)
		.innerJoin(training, eq(training.id, feedbackParticipation.trainingId))
		.where(and(eq(feedbackParticipation.instrument, id), mine))
		.groupBy(training.id);
	const shown = await read
		.select({ trainingId: training.id, n: sum(feedbackTally.n) })
		.from(feedbackTally)
		.innerJoin(training, eq(training.id, feedbackTally.trainingId))
		.where(
			and(
				eq(feedbackTally.instrument, id),
				eq(feedbackTally.version, version),
				eq(feedbackTally.item, FORMS.item),
				mine
			)
		)
		.groupBy(training.id);
	const [answeredBy, shownBy] = [byTraining(answered), byTraining(shown)];
	return new Map(
		invited.map(({ trainingId, n }) => [
			trainingId,
			{ invited: n, answered: answeredBy.get(trainingId) ?? 0, shown: shownBy.get(trainingId) ?? 0 }
		])
	);
}

const byTraining = (rows: { trainingId: string; n: number }[]) =>
	new Map(rows.map(({ trainingId, n }) => [trainingId, n]));

async function wholeRegions(
	read: Read,
	actor: Actor | null,
	trainings: readonly FeedbackTraining[]
): Promise<ReviewedRegion[]> {
	const codes = new Set(trainings.flatMap(({ regionCode }) => reportRegionsOf(regionCode)));
	const whole = [...codes].filter((regionCode) =>
		feedbackAccess.can(actor, 'review', { regionCode })
	);
	if (whole.length === 0) return [];
	const { code, name } = region;
	return read.select({ code, name }).from(region).where(inArray(code, whole)).orderBy(code);
}
