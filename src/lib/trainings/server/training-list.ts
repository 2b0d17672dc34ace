/** The trainings in a person's reach, narrowed and in pages: an office has a few, the country hundreds. */
import { and, asc, desc, eq, gt, gte, lt, lte, or, type SQL } from 'drizzle-orm';
import { dayIn, zones } from '#lib/platform/calendar.ts';
import { pageOf, type Page } from '#lib/platform/pages.ts';
import type { App } from '#lib/platform/server/app.ts';
import { training } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { choicesAmong } from '#lib/people/regions.ts';
import { regionNames } from '#lib/people/server/regions.ts';
import { withinRegion } from '#lib/people/within-region.ts';
import { trainingAccess } from '../access.ts';
import type { Phase, Training } from '../training.ts';

/** Null: not narrowed by this. */
export interface TrainingFilter {
	/** A province, or a regency or city. */
	readonly regionCode: string | null;
	readonly phase: Phase | null;
}

export interface TrainingList {
	/** Regions it can be narrowed to; empty when there is nothing to choose. */
	readonly regions: readonly { readonly code: string; readonly name: string }[];
	/** As asked for, without what there is not. */
	readonly filter: TrainingFilter;
	/** Over all pages. */
	readonly total: number;
	readonly page: Page;
	/** The latest first. */
	readonly trainings: readonly Training[];
}

/** Fills the columns of a wide screen evenly. */
const TRAININGS_ON_A_PAGE = 24;

/** The trainings that an actor may read and that match, on the page with this number. */
export async function listTrainings(
	app: App,
	actor: Actor,
	wanted: TrainingFilter,
	pageNumber: string | null
): Promise<TrainingList> {
	const { id, regionCode, startsOn, title } = training;
	const mine = trainingAccess.where(actor, 'read', { trainingId: id, regionCode });
	return app.db.snapshot(async (read) => {
		const used = await read.selectDistinct({ code: regionCode }).from(training).where(mine);
		const regions = await regionNames(read, choicesAmong(used.map(({ code }) => code)));
		const isKnown = regions.some(({ code }) => code === wanted.regionCode);
		const filter = { ...wanted, regionCode: isKnown ? wanted.regionCode : null };
		const matching = and(mine, inRegion(filter.regionCode), inPhase(filter.phase, app.now()));
		const total = await read.$count(training, matching);
		const page = pageOf(pageNumber, { total, size: TRAININGS_ON_A_PAGE });
		const trainings = await read
			.select()
			.from(training)
			.where(matching)
			.orderBy(desc(startsOn), asc(title), asc(id))
			.limit(page.size)
			.offset(page.offset);
		return { regions, filter, total, page, trainings };
	});
}

function inRegion(code: string | null): SQL | undefined {
	return code ? withinRegion(training.regionCode, code) : undefined;
}

/** `phaseOn`, for a query: each on the calendar of its own zone. */
function inPhase(phase: Phase | null, now: Date): SQL | undefined {
	if (!phase) return undefined;
	const { startsOn, endsOn } = training;
	return or(
		...zones.map((zone) => {
			const today = dayIn(zone, now);
			const then = {
				before: gt(startsOn, today),
				during: and(lte(startsOn, today), gte(endsOn, today)),
				after: lt(endsOn, today)
			} satisfies Record<Phase, SQL | undefined>;
			return and(eq(training.zone, zone), then[phase]);
		})
	);
}
