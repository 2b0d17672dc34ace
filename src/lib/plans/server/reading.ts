/** What stands in a plan, for readers without a script, for print and for handing in. */
import { and, asc, desc, eq } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import {
	groupMember,
	planReturn,
	planSubmission,
	user
} from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { trainingAccess } from '#lib/trainings/access.ts';
import { contentsOf, tooLongIn, type Missing, type PlanContents } from '../contents.ts';
import { withDraft } from './draft-on-disk.ts';
import { findPlan, type Plan } from './plans.ts';

export interface PlanReading {
	readonly plan: Plan;
	readonly contents: PlanContents;
	/** The note with which it was sent back last, while it is being corrected. */
	readonly note: string | null;
	/** Empty for readers who may not know the people. */
	readonly team: readonly string[];
	/** What does not fit into its field any more: see `tooLongIn`. */
	readonly tooLong: readonly Missing[];
	/** Which generation of the document this is: a phone must agree. */
	readonly epoch: number;
	/** Part of what is stored cannot be read: `contents` is what is left, and nobody may change it. */
	readonly isDamaged: boolean;
}

/** Refuses with `not_found` as `findPlan` does. A submitted plan reads as it was handed in. */
export async function readPlan(
	app: App,
	actor: Actor | null,
	planId: string
): Promise<PlanReading> {
	const plan = await findPlan(app, actor, planId);
	const stored = await app.documents.read(plan.documentId);
	if (!stored) throw new Refusal('not_found', 'plans_refused_not_found');
	const draft = withDraft(stored, (doc, isDamaged) => ({
		contents: contentsOf(doc),
		tooLong: tooLongIn(doc),
		isDamaged
	}));
	const isSubmitted = plan.state === 'submitted';
	return {
		plan,
		contents: isSubmitted ? await submittedContents(app, plan) : draft.contents,
		note: plan.state === 'returned' ? await lastNote(app, plan.id) : null,
		team: trainingAccess.can(actor, 'see members', plan)
			? await namesOfTeam(app, plan.groupId)
			: [],
		tooLong: isSubmitted ? [] : draft.tooLong,
		epoch: stored.epoch,
		isDamaged: draft.isDamaged && !isSubmitted
	};
}

async function submittedContents(app: App, plan: Plan): Promise<PlanContents> {
	const [row] = await app.db.read
		.select({ contents: planSubmission.contents })
		.from(planSubmission)
		.where(and(eq(planSubmission.planId, plan.id), eq(planSubmission.version, plan.version)));
	if (!row) throw new Refusal('not_found', 'plans_refused_not_found');
	return row.contents as PlanContents; // written by submitPlan and never changed
}

async function lastNote(app: App, planId: string): Promise<string | null> {
	const [row] = await app.db.read
		.select({ note: planReturn.note })
		.from(planReturn)
		.where(eq(planReturn.planId, planId))
		.orderBy(desc(planReturn.version))
		.limit(1);
	return row?.note ?? null;
}

async function namesOfTeam(app: App, groupId: string): Promise<string[]> {
	const rows = await app.db.read
		.select({ name: user.name })
		.from(groupMember)
		.innerJoin(user, eq(user.id, groupMember.userId))
		.where(eq(groupMember.groupId, groupId))
		.orderBy(asc(user.name), asc(user.id));
	return rows.map((row) => row.name);
}
