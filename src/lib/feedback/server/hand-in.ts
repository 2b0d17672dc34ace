/**
 * Handing in: once per person, kept so that nothing points to a person.
 *
 * Every hand-in lays down all answers of the training anew, in a fresh order and
 * under fresh ids, and all marks of participation in the order of their user ids.
 * So no id, no time, no transaction number and no place in the file tells which
 * answer came with which mark. Only the day is kept.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Tx } from '#lib/platform/server/db/index.ts';
import { inChunks } from '#lib/platform/server/db/sql.ts';
import {
	feedbackComment,
	feedbackParticipation,
	feedbackResponse,
	feedbackTally
} from '#lib/platform/server/db/schema/index.ts';
import { givenIn, type Given, type TypedAnswers } from '../answers.ts';
import type { Instrument } from '../instrument.ts';
import { enoughToShow, FORMS, shownNext, tallyOf } from '../tally.ts';
import { dropDraft } from './drafts.ts';
import { findOpenInvitation } from './invitation.ts';
import { shuffled, type Shuffle } from './shuffle.ts';

/** Where comments lie until five more forms have come in. */
export const waitingShelf = (instrument: string) => `${instrument} (waiting)`;

interface HandInOptions {
	/** The key of the phone's draft, which ends with the hand-in. */
	readonly draftKey?: string | undefined;
	readonly shuffle?: Shuffle;
}

/** One training and one instrument: everything that is laid down anew together. */
interface Pile {
	readonly trainingId: string;
	readonly instrument: Instrument;
	readonly onDay: CalendarDay;
	readonly shuffle: Shuffle;
}

/**
 * Takes a complete form from a participant.
 *
 * Refuses with `not_found` whoever is not a participant, `closed` before the
 * first day and the second time, `invalid` when something required is missing.
 */
export async function handIn(
	app: App,
	actor: Actor | null,
	trainingId: string,
	typed: TypedAnswers,
	{ draftKey, shuffle = shuffled }: HandInOptions = {}
): Promise<void> {
	const invitation = await findOpenInvitation(app, actor, trainingId);
	const given = givenIn(invitation.parts, typed);
	if (!given || !actor) throw new Refusal('invalid', 'feedback_refused_incomplete');

	const { userId } = actor;
	const { instrument } = invitation;
	const pile: Pile = { trainingId, instrument, onDay: invitation.today, shuffle };
	const first = await app.db.write(async (tx) => {
		if (app.db.engine === 'postgres') await waitForTurn(tx);
		if (!(await markParticipation(tx, pile, userId))) return false;
		await layDownParticipation(tx, pile);
		const shown = await layDownResponses(tx, pile, given);
		await layDownComments(tx, pile, given, shown);
		if (draftKey) await dropDraft(tx, { key: draftKey, userId, invitation });
		return true;
	});
	if (!first) throw new Refusal('closed', 'feedback_refused_already');
}

/**
 * Forty phones that hand in at once all rewrite the same rows. They queue here,
 * before their transaction has looked at anything, instead of undoing each other.
 */
async function waitForTurn(tx: Tx): Promise<void> {
	await tx.rows(sql`lock table ${feedbackParticipation} in share row exclusive mode`);
}

/** False when this person has handed in before: the primary key decides, also between two phones. */
async function markParticipation(tx: Tx, pile: Pile, userId: string): Promise<boolean> {
	const mark = { trainingId: pile.trainingId, instrument: pile.instrument.id, userId };
	const made = await tx
		.insert(feedbackParticipation)
		.values(mark)
		.onConflictDoNothing()
		.returning({ userId: feedbackParticipation.userId });
	return made.length === 1;
}

async function layDownParticipation(tx: Tx, { trainingId, instrument }: Pile): Promise<void> {
	const ours = and(
		eq(feedbackParticipation.trainingId, trainingId),
		eq(feedbackParticipation.instrument, instrument.id)
	);
	const marks = await tx.select().from(feedbackParticipation).where(ours);
	await tx.delete(feedbackParticipation).where(ours);
	const inOrder = marks.sort((a, b) => (a.userId < b.userId ? -1 : 1));
	for (const some of inChunks(inOrder)) await tx.insert(feedbackParticipation).values(some);
}

/** True when these answers complete five that may be shown. */
async function layDownResponses(tx: Tx, pile: Pile, given: Given): Promise<boolean> {
	const { trainingId, instrument, onDay, shuffle } = pile;
	const ours = and(
		eq(feedbackResponse.trainingId, trainingId),
		eq(feedbackResponse.instrument, instrument.id)
	);
	const before = await tx.select().from(feedbackResponse).where(ours);
	const { version } = instrument;
	const added = { trainingId, instrument: instrument.id, version, onDay, answers: given.ratings };
	const all = shuffle([...before, added]).map((row) => ({ ...row, id: newId() }));
	await tx.delete(feedbackResponse).where(ours);
	for (const some of inChunks(all)) await tx.insert(feedbackResponse).values(some);

	const forms = all.filter((row) => row.version === version).map((row) => row.answers);
	return rebuildTally(tx, pile, forms);
}

async function rebuildTally(
	tx: Tx,
	{ trainingId, instrument }: Pile,
	forms: readonly Record<string, unknown>[]
): Promise<boolean> {
	const ours = and(
		eq(feedbackTally.trainingId, trainingId),
		eq(feedbackTally.instrument, instrument.id),
		eq(feedbackTally.version, instrument.version)
	);
	const { item, subject, value, n } = feedbackTally;
	const before = await tx.select({ item, subject, value, n }).from(feedbackTally).where(ours);
	const made = before.find((row) => row.item === FORMS.item);
	if (!enoughToShow(forms.length, made?.n ?? 0)) return false;

	const of = { trainingId, instrument: instrument.id, version: instrument.version };
	const rows = shownNext(before, tallyOf(forms)).map((row) => ({ ...of, ...row }));
	await tx.delete(feedbackTally).where(ours);
	for (const some of inChunks(rows)) await tx.insert(feedbackTally).values(some);
	return true;
}

/** Texts that wait move to those that are shown when `shown`; both are laid down anew either way. */
async function layDownComments(tx: Tx, pile: Pile, given: Given, shown: boolean): Promise<void> {
	const { trainingId, instrument, shuffle } = pile;
	const waiting = waitingShelf(instrument.id);
	const added = given.comments.map((comment) => ({ trainingId, ...comment }));
	const held = [...(await takeComments(tx, trainingId, waiting)), ...added];
	const out = await takeComments(tx, trainingId, instrument.id);
	const shelves = shown
		? { [instrument.id]: [...out, ...held], [waiting]: [] }
		: { [instrument.id]: out, [waiting]: held };
	for (const [shelf, comments] of Object.entries(shelves)) {
		const rows = shuffle(comments).map((row) => ({ ...row, instrument: shelf, id: newId() }));
		for (const some of inChunks(rows)) await tx.insert(feedbackComment).values(some);
	}
}

async function takeComments(tx: Tx, trainingId: string, shelf: string) {
	const ours = and(
		eq(feedbackComment.trainingId, trainingId),
		eq(feedbackComment.instrument, shelf)
	);
	const { item, subject, text } = feedbackComment;
	const taken = await tx.select({ item, subject, text }).from(feedbackComment).where(ours);
	await tx.delete(feedbackComment).where(ours);
	return taken.map((comment) => ({ trainingId, ...comment }));
}
