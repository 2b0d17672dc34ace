/** Filling in the form part by part: saved on every step, handed in at the end. */
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Complaint } from '#lib/questions/question.ts';
import { complaintsAbout, firstIncomplete, typedIn, type TypedAnswers } from '../answers.ts';
import type { Part } from '../instrument.ts';
import { isDraftKey, keepDraft, readDraft, type DraftOf } from './drafts.ts';
import { handIn } from './hand-in.ts';
import { findInvitation, findOpenInvitation, type Invitation } from './invitation.ts';

export interface FormPage {
	/** From 1. */
	readonly number: number;
	readonly part: Part;
	readonly typed: TypedAnswers;
	/** Field name → why; empty unless the page was asked to check. */
	readonly complaints: Readonly<Record<string, Complaint>>;
}

export interface Asking {
	readonly trainingId: string;
	/** What the phone's cookie holds, if anything. */
	readonly draftKey: string | undefined;
	/** The wanted part as it stands in the address; anything else is the page before the form. */
	readonly part: string | null;
	/** Whether what is missing should be pointed out. */
	readonly check: boolean;
}

/**
 * The page before the form (`page` is null) or one part of it with what was typed.
 *
 * Refuses with `not_found` whoever was not at the training. A form that is not
 * open shows the first page only, which says why.
 */
export async function readFormPage(
	app: App,
	actor: Actor | null,
	asking: Asking
): Promise<{ invitation: Invitation; started: boolean; page: FormPage | null }> {
	const invitation = await findInvitation(app, actor, asking.trainingId);
	const draft = draftOf(actor, invitation, asking.draftKey);
	const typed = draft && invitation.state === 'open' ? await readDraft(app, draft) : {};
	const started = Object.keys(typed).length > 0;
	const part = partNumber(invitation, asking.part);
	if (!part || invitation.state !== 'open') return { invitation, started, page: null };
	const complaints = asking.check ? complaintsAbout(part.part, typed) : {};
	return { invitation, started, page: { ...part, typed, complaints } };
}

export type WhereTo = { readonly part: number; readonly check: boolean } | 'handed in';

/**
 * Saves a part and says where to go: back and on are one part away, a part that
 * is not complete comes back on the way forward, and the last step hands in.
 */
export async function savePart(
	app: App,
	actor: Actor | null,
	sent: {
		readonly trainingId: string;
		readonly draftKey: string;
		readonly part: string | null;
		readonly form: FormData;
		readonly to: 'back' | 'next' | 'hand in';
	}
): Promise<WhereTo> {
	const invitation = await findOpenInvitation(app, actor, sent.trainingId);
	const draft = draftOf(actor, invitation, sent.draftKey);
	const here = partNumber(invitation, sent.part);
	if (!draft || !here) throw new Refusal('not_found', 'feedback_refused_not_found');

	const typed = { ...(await readDraft(app, draft)), ...typedIn(sent.form, here.part) };
	await keepDraft(app, draft, typed);
	const { number } = here;
	if (sent.to === 'back') return { part: Math.max(1, number - 1), check: false };
	const incomplete = Object.keys(complaintsAbout(here.part, typed)).length > 0;
	if (incomplete) return { part: number, check: true };
	if (sent.to === 'next' && number < invitation.parts.length) {
		return { part: number + 1, check: false };
	}
	const missing = firstIncomplete(invitation.parts, typed);
	if (missing !== null) return { part: missing, check: true };
	await handIn(app, actor, sent.trainingId, typed, { draftKey: sent.draftKey });
	return 'handed in';
}

function draftOf(
	actor: Actor | null,
	invitation: Invitation,
	key: string | undefined
): DraftOf | null {
	return actor && isDraftKey(key) ? { key, userId: actor.userId, invitation } : null;
}

function partNumber(invitation: Invitation, wanted: string | null) {
	if (!wanted || !/^\d{1,3}$/.test(wanted)) return null;
	const number = Number(wanted);
	const part = invitation.parts[number - 1];
	return part ? { number, part } : null;
}
