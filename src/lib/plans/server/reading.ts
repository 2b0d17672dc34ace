/** What stands in a plan, for readers without a script, for print and for handing in. */
import { and, asc, desc, eq } from 'drizzle-orm';
import * as Y from 'yjs';
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
	/** Which generation of the document this is, and the meaning of its fields: a phone must agree. */
	readonly epoch: number;
	readonly schemaNumber: number;
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
	const { epoch, schemaNumber } = stored;
	const contents =
		plan.state === 'submitted' ? await submittedContents(app, plan) : withDraft(stored, contentsOf);
	return {
		plan,
		contents,
		note: plan.state === 'returned' ? await lastNote(app, plan.id) : null,
		team: trainingAccess.can(actor, 'see members', plan)
			? await namesOfTeam(app, plan.groupId)
			: [],
		tooLong: plan.state === 'submitted' ? [] : withDraft(stored, tooLongIn),
		epoch,
		schemaNumber
	};
}

interface Stored {
	readonly snapshot: Uint8Array | null;
	readonly updates: readonly { readonly update: Uint8Array }[];
}

/** The draft as it is on the disk at this moment, for as long as `read` looks at it. */
export function withDraft<T>({ snapshot, updates }: Stored, read: (doc: Y.Doc) => T): T {
	const doc = new Y.Doc();
	doc.transact(() => {
		if (snapshot) Y.applyUpdate(doc, snapshot);
		for (const { update } of updates) Y.applyUpdate(doc, update);
	});
	const found = read(doc);
	doc.destroy();
	return found;
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
