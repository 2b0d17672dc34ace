/** The three plans of a group: made once, found again, with the state that follows from their rows. */
import { and, asc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { CalendarDay, Zone } from '#lib/platform/calendar.ts';
import { newId } from '#lib/platform/ids.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { count } from '#lib/platform/server/db/sql.ts';
import {
	group,
	library,
	plan,
	planReturn,
	planSubmission,
	region,
	training
} from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { canRead, planAccess } from '../access.ts';
import { seedUpdate } from '../draft.ts';
import { stateOf, strategies, versionOf, type PlanState, type Strategy } from '../plan.ts';
import { TEMPLATE_VERSION } from '../template.ts';

export interface Plan {
	readonly id: string;
	readonly documentId: string;
	readonly strategy: Strategy;
	readonly state: PlanState;
	/** The version being written, or handed in last. */
	readonly version: number;
	readonly submittedAt: Date | null;
	readonly dueOn: CalendarDay;
	readonly trainingId: string;
	readonly trainingTitle: string;
	readonly zone: Zone;
	readonly groupId: string;
	readonly groupName: string;
	readonly regionCode: string;
	readonly regionName: string;
	readonly regionKind: (typeof region.$inferSelect)['kind'];
	readonly library: { readonly name: string; readonly npp: string | null } | null;
}

/**
 * The group's three plans and their documents, each seeded once, however many
 * ask at the same time.
 */
export async function ensurePlans(app: App, groupId: string): Promise<void> {
	await app.db.write(async (tx) => {
		const [team] = await tx.select().from(group).where(eq(group.id, groupId));
		if (!team) throw new Refusal('not_found', 'plans_refused_not_found');
		const made = await tx.select().from(plan).where(eq(plan.groupId, groupId));
		const missing = strategies.filter((each) => made.every((held) => held.strategy !== each));
		for (const strategy of missing) {
			const documentId = newId();
			const seed = { kind: 'plan', schemaNumber: TEMPLATE_VERSION, update: seedUpdate() };
			await app.documents.create(tx, { id: documentId, ...seed });
			await tx.insert(plan).values({
				trainingId: team.trainingId,
				groupId,
				regionCode: team.regionCode,
				strategy,
				documentId,
				templateVersion: TEMPLATE_VERSION,
				createdAt: app.now()
			});
		}
	});
}

/** For the start of the program: every group has its plans, also one made just before it ended. */
export async function ensureAllPlans(app: App): Promise<void> {
	const without = await app.db.read
		.select({ id: group.id })
		.from(group)
		.leftJoin(plan, eq(plan.groupId, group.id))
		.groupBy(group.id)
		.having(lt(count(plan.id), strategies.length));
	for (const { id } of without) await ensurePlans(app, id);
}

/** Refuses with `not_found` also when the actor may not see it, so that ids tell nothing. */
export async function findPlan(app: App, actor: Actor | null, planId: string): Promise<Plan> {
	const [found] = await plansWhere(app.db.read, eq(plan.id, planId));
	if (found && canRead(actor, found)) return found;
	throw new Refusal('not_found', 'plans_refused_not_found');
}

/** Without asking who wants to know: for the sync server, which asks itself. */
export async function planOfDocument(app: App, documentId: string): Promise<Plan | null> {
	const [found] = await plansWhere(app.db.read, eq(plan.documentId, documentId));
	return found ?? null;
}

/** The plans of a group that the actor may read: all three or none. */
export async function plansOfGroup(
	app: App,
	actor: Actor | null,
	groupId: string
): Promise<Plan[]> {
	return plansWhere(app.db.read, eq(plan.groupId, groupId), readable(actor));
}

/** Every plan of a training that the actor may read, by group. */
export async function plansOfTraining(
	app: App,
	actor: Actor | null,
	trainingId: string
): Promise<Plan[]> {
	return plansWhere(app.db.read, eq(plan.trainingId, trainingId), readable(actor));
}

/** The condition on a plan that this actor may read it. */
export const readable = (actor: Actor | null) =>
	planAccess.where(actor, 'read', {
		trainingId: plan.trainingId,
		regionCode: plan.regionCode,
		groupId: plan.groupId
	});

/** Those that match, each group's in the order of the strategies. For this room: it asks nobody who they are. */
export async function plansWhere(read: Read, ...conditions: SQL[]): Promise<Plan[]> {
	const rows = await read
		.select({ plan, group, training, region, library })
		.from(plan)
		.innerJoin(group, eq(group.id, plan.groupId))
		.innerJoin(training, eq(training.id, plan.trainingId))
		.innerJoin(region, eq(region.code, plan.regionCode))
		.leftJoin(library, eq(library.id, group.libraryId))
		.where(and(...conditions))
		.orderBy(asc(training.startsOn), asc(group.name), asc(group.id));
	const histories = await historiesOf(
		read,
		rows.map((row) => row.plan.id)
	);
	const plans = rows.map((row) => asPlan(row, histories));
	const byGroup = Map.groupBy(plans, (each) => each.groupId);
	return [...byGroup.values()].flatMap((own) => own.sort(byStrategy));
}

const byStrategy = (a: Plan, b: Plan) =>
	strategies.indexOf(a.strategy) - strategies.indexOf(b.strategy);

interface Joined {
	plan: typeof plan.$inferSelect;
	group: typeof group.$inferSelect;
	training: typeof training.$inferSelect;
	region: typeof region.$inferSelect;
	library: typeof library.$inferSelect | null;
}

type Histories = Awaited<ReturnType<typeof historiesOf>>;

async function historiesOf(read: Read, ids: string[]) {
	if (ids.length === 0) return { submissions: [], returns: [] };
	const submissions = await read
		.select({
			planId: planSubmission.planId,
			version: planSubmission.version,
			at: planSubmission.submittedAt,
			dueOn: planSubmission.dueOn
		})
		.from(planSubmission)
		.where(inArray(planSubmission.planId, ids))
		.orderBy(asc(planSubmission.version));
	const returns = await read
		.select({ planId: planReturn.planId, version: planReturn.version })
		.from(planReturn)
		.where(inArray(planReturn.planId, ids));
	return { submissions, returns };
}

function asPlan({ plan: held, ...row }: Joined, all: Histories): Plan {
	const submissions = all.submissions.filter((each) => each.planId === held.id);
	const returns = all.returns.filter((each) => each.planId === held.id);
	const state = stateOf({ submissions, returns });
	const last = state === 'submitted' ? submissions.at(-1) : undefined;
	return {
		id: held.id,
		documentId: held.documentId,
		strategy: held.strategy,
		state,
		version: versionOf({ submissions, returns }),
		submittedAt: last?.at ?? null,
		dueOn: last?.dueOn ?? row.training.planDueOn,
		trainingId: held.trainingId,
		trainingTitle: row.training.title,
		zone: row.training.zone,
		groupId: held.groupId,
		groupName: row.group.name,
		regionCode: held.regionCode,
		regionName: row.region.name,
		regionKind: row.region.kind,
		library: row.library && { name: row.library.name, npp: row.library.npp }
	};
}
