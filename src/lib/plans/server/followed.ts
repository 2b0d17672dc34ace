/** The plans in a person's reach, narrowed and in pages of teams: a reviewer reads those of the whole country. */
import { and, asc, desc, eq, exists, gte, inArray, notExists, sql, type SQL } from 'drizzle-orm';
import { pageOf, type Page } from '#lib/platform/pages.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { count, firstLetters, sum } from '#lib/platform/server/db/sql.ts';
import {
	group,
	plan,
	planReturn,
	planSubmission,
	training
} from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { choicesAmong, REGENCY_LETTERS } from '#lib/people/regions.ts';
import { regionNames } from '#lib/people/server/regions.ts';
import { withinRegion } from '#lib/people/within-region.ts';
import type { PlanState, Strategy } from '../plan.ts';
import { plansWhere, readable, type Plan } from './plans.ts';

/** Null: not narrowed by this. */
export interface PlanFilter {
	/** A province, or a regency or city. */
	readonly regionCode: string | null;
	readonly trainingId: string | null;
	readonly strategy: Strategy | null;
	readonly state: PlanState | null;
}

/** What the list can be narrowed to: only what there is. */
export interface PlanChoices {
	readonly regions: readonly { readonly code: string; readonly name: string }[];
	/** Those of the chosen region, the latest first. */
	readonly trainings: readonly { readonly id: string; readonly title: string }[];
}

export interface FollowedPlans {
	readonly choices: PlanChoices;
	/** As asked for, without what there is not. */
	readonly filter: PlanFilter;
	/** Plans, by their state, and the teams they are of: over all pages. */
	readonly counts: Readonly<Record<PlanState | 'teams', number>>;
	readonly page: Page;
	/** The latest training first, then by the name of the team; of each its plans that match. */
	readonly teams: readonly (readonly Plan[])[];
}

/** Fills the columns of a wide screen evenly. */
const TEAMS_ON_A_PAGE = 24;

/** The plans that an actor may read and that match, on the page with this number. */
export async function followedPlans(
	app: App,
	actor: Actor | null,
	wanted: PlanFilter,
	pageNumber: string | null
): Promise<FollowedPlans> {
	return app.db.snapshot(async (read) => {
		const { choices, filter } = await choose(read, actor, wanted);
		const matching = and(readable(actor), ...conditions(read, filter)) as SQL; // readable is one
		const counts = await countsOf(read, matching);
		const page = pageOf(pageNumber, { total: counts.teams, size: TEAMS_ON_A_PAGE });
		const ids = await teamsOn(read, matching, page);
		const plans =
			ids.length > 0 ? await plansWhere(read, matching, inArray(plan.groupId, ids)) : [];
		const byTeam = Map.groupBy(plans, ({ groupId }) => groupId);
		return { choices, filter, counts, page, teams: ids.map((id) => byTeam.get(id) ?? []) };
	});
}

async function choose(read: Read, actor: Actor | null, wanted: PlanFilter) {
	const regions = await regionsWith(read, readable(actor));
	const among = (list: readonly { readonly code: string }[], code: string | null) =>
		list.some((one) => one.code === code) ? code : null;
	const regionCode = among(regions, wanted.regionCode);
	const trainings = await trainingsWith(read, and(readable(actor), ...inRegion(regionCode)));
	const known = trainings.some(({ id }) => id === wanted.trainingId);
	const trainingId = known ? wanted.trainingId : null;
	return { choices: { regions, trainings }, filter: { ...wanted, regionCode, trainingId } };
}

async function regionsWith(read: Read, mine: SQL) {
	const regency = firstLetters(plan.regionCode, REGENCY_LETTERS);
	const rows = await read.selectDistinct({ code: regency }).from(plan).where(mine);
	return regionNames(read, choicesAmong(rows.map(({ code }) => code)));
}

function trainingsWith(read: Read, where: SQL | undefined) {
	const { id, title, startsOn } = training;
	const there = read.select({ id: plan.trainingId }).from(plan).where(where);
	return read
		.select({ id, title })
		.from(training)
		.where(inArray(id, there))
		.orderBy(desc(startsOn), asc(title), asc(id));
}

function conditions(read: Read, { regionCode, trainingId, strategy, state }: PlanFilter): SQL[] {
	return [
		...inRegion(regionCode),
		...(trainingId ? [eq(plan.trainingId, trainingId)] : []),
		...(strategy ? [eq(plan.strategy, strategy)] : []),
		...(state ? [inState(read)[state]] : [])
	];
}

function inRegion(code: string | null): SQL[] {
	return code ? [withinRegion(plan.regionCode, code)] : [];
}

/** `stateOf`, for a query. */
function inState(read: Read): Record<PlanState, SQL> {
	const handedIn = read
		.select({ version: planSubmission.version })
		.from(planSubmission)
		.where(eq(planSubmission.planId, plan.id));
	const sentBack = read
		.select({ version: planReturn.version })
		.from(planReturn)
		.where(
			and(
				eq(planReturn.planId, planSubmission.planId),
				gte(planReturn.version, planSubmission.version)
			)
		);
	const standing = read
		.select({ version: planSubmission.version })
		.from(planSubmission)
		.where(and(eq(planSubmission.planId, plan.id), notExists(sentBack)));
	return {
		draft: notExists(handedIn),
		submitted: exists(standing),
		returned: sql`(${exists(handedIn)} and ${notExists(standing)})`
	};
}

async function countsOf(read: Read, matching: SQL): Promise<FollowedPlans['counts']> {
	const state = inState(read);
	const plansThat = (is: SQL) => sum(sql`case when ${is} then 1 else 0 end`);
	const [counts] = await read
		.select({
			teams: count(sql`distinct ${plan.groupId}`),
			draft: plansThat(state.draft),
			submitted: plansThat(state.submitted),
			returned: plansThat(state.returned)
		})
		.from(plan)
		.where(matching);
	return counts ?? { teams: 0, draft: 0, submitted: 0, returned: 0 };
}

async function teamsOn(read: Read, matching: SQL, { size, offset }: Page): Promise<string[]> {
	const rows = await read
		.select({ id: group.id })
		.from(plan)
		.innerJoin(group, eq(group.id, plan.groupId))
		.innerJoin(training, eq(training.id, plan.trainingId))
		.where(matching)
		.groupBy(group.id, group.name, training.startsOn, training.title)
		.orderBy(desc(training.startsOn), asc(training.title), asc(group.name), asc(group.id))
		.limit(size)
		.offset(offset);
	return rows.map(({ id }) => id);
}
