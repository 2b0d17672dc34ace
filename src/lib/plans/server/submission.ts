/** Handing a plan in, and sending it back. The primary key decides who was first, not a check beforehand. */
import { Refusal } from '#lib/platform/refusal.ts';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { clean } from '#lib/platform/text.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { StoredDocument } from '#lib/platform/server/documents.ts';
import { planReturn, planSubmission } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { canReturn, canSubmit } from '../access.ts';
import { contentsOf, missingIn, tooLongIn, type PlanContents } from '../contents.ts';
import { withDraft } from './draft-on-disk.ts';
import { findPlan } from './plans.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		'plan.submitted': { readonly planId: string; readonly documentId: string };
		'plan.returned': { readonly planId: string; readonly documentId: string };
	}
}

export interface Submission {
	readonly planId: string;
	readonly version: number;
	readonly submittedBy: string;
	readonly submittedAt: Date;
	readonly dueOn: CalendarDay;
}

/**
 * Freezes the group's draft as it stands on the disk. What somebody types at that moment is either
 * in what was handed in, or refused on their phone: never acknowledged and then missing.
 *
 * Refuses with `not_found` (also when the actor may not see the plan), `closed`
 * when it was handed in before, `forbidden` when the actor may read but not
 * submit it or part of what is stored cannot be read, `invalid` when it has no activity or one
 * lacks what it must have.
 */
export async function submitPlan(app: App, actor: Actor, planId: string): Promise<Submission> {
	const plan = await findPlan(app, actor, planId);
	if (plan.state === 'submitted') throw alreadySubmitted();
	if (!canSubmit(actor, plan)) throw new Refusal('forbidden', 'plans_refused_read_only');

	const submission = {
		planId,
		version: plan.version,
		submittedBy: actor.userId,
		submittedAt: app.now(),
		dueOn: plan.dueOn
	};
	const first = await app.db.write(async (tx) => {
		// Frozen first, read then: an edit that was acknowledged is in it, a later one is refused.
		const contents = completeContents(await app.documents.freeze(tx, plan.documentId));
		const saved = await tx
			.insert(planSubmission)
			.values({ ...submission, contents })
			.onConflictDoNothing()
			.returning({ version: planSubmission.version });
		if (saved.length === 0) return false;
		const deed = { actorId: actor.userId, action: 'plan.submitted', object: `plan:${planId}` };
		await audit(tx, { ...deed, at: submission.submittedAt });
		return true;
	});
	if (!first) throw alreadySubmitted();
	app.events.emit('plan.submitted', { planId, documentId: plan.documentId });
	return submission;
}

const alreadySubmitted = () => new Refusal('closed', 'plans_refused_already_submitted');

function completeContents(stored: StoredDocument): PlanContents {
	const draft = withDraft(stored, (doc, isDamaged) => {
		if (isDamaged) throw new Refusal('closed', 'plans_refused_damaged');
		return { contents: contentsOf(doc), tooLong: tooLongIn(doc) };
	});
	const [tooLong] = draft.tooLong;
	if (tooLong) {
		throw new Refusal('invalid', 'plans_refused_too_long', { activity: tooLong.activity });
	}
	const { contents } = draft;
	if (contents.activities.length === 0) throw new Refusal('invalid', 'plans_refused_empty');
	const [missing] = missingIn(contents);
	if (missing) {
		throw new Refusal('invalid', 'plans_refused_incomplete', { activity: missing.activity });
	}
	return contents;
}

const LONGEST_NOTE = 1_000;

/**
 * Opens a submitted plan again as the next version, with a note that says why.
 *
 * Refuses with `not_found`, `forbidden` for whoever may not send plans back,
 * `closed` when it is not (or no longer) submitted, `invalid` without a note.
 */
export async function returnPlan(
	app: App,
	actor: Actor,
	planId: string,
	typedNote: string
): Promise<void> {
	const plan = await findPlan(app, actor, planId);
	const note = clean(typedNote).trim().slice(0, LONGEST_NOTE);
	if (plan.state !== 'submitted') throw new Refusal('closed', 'plans_refused_not_submitted');
	if (!canReturn(actor, plan)) throw new Refusal('forbidden', 'plans_refused_read_only');
	if (note === '') throw new Refusal('invalid', 'plans_refused_note_missing');

	const returnedAt = app.now();
	const row = { planId, version: plan.version, returnedBy: actor.userId, returnedAt, note };
	const first = await app.db.write(async (tx) => {
		const saved = await tx
			.insert(planReturn)
			.values(row)
			.onConflictDoNothing()
			.returning({ version: planReturn.version });
		if (saved.length === 0) return false;
		const deed = { actorId: actor.userId, action: 'plan.returned', object: `plan:${planId}` };
		await audit(tx, { ...deed, at: returnedAt });
		await app.documents.thaw(tx, plan.documentId);
		return true;
	});
	if (!first) throw new Refusal('closed', 'plans_refused_not_submitted');
	app.events.emit('plan.returned', { planId, documentId: plan.documentId });
}
