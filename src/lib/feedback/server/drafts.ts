/**
 * Drafts (jawaban yang belum dikirim): a form that can be continued on the same
 * phone, and read nowhere else.
 *
 * The key is in a cookie of that phone alone. From it, the person and the
 * training come both the name of the row and the key that seals it, so the
 * server can neither read a draft without the phone nor tell whose it is, and
 * the next person on a borrowed phone does not find it.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import { addDays, dayIn } from '#lib/platform/calendar.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Tx } from '#lib/platform/server/db/index.ts';
import { feedbackDraft } from '#lib/platform/server/db/schema/index.ts';
import type { TypedAnswers } from '../answers.ts';
import type { Invitation } from './invitation.ts';

export const DRAFT_DAYS = 30;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Which phone, which person, which form. */
export interface DraftOf {
	/** From the cookie. */
	readonly key: string;
	readonly userId: string;
	readonly invitation: Pick<Invitation, 'training' | 'instrument'>;
}

/** What the cookie holds: 256 random bits. */
export function newDraftKey(): string {
	return randomBytes(32).toString('base64url');
}

export function isDraftKey(text: string | undefined): text is string {
	return text !== undefined && /^[\w-]{43}$/.test(text);
}

/** What was typed so far; nothing when there is no draft, or it cannot be opened. */
export async function readDraft(app: App, draft: DraftOf): Promise<TypedAnswers> {
	const [row] = await app.db.read
		.select({ sealed: feedbackDraft.sealed })
		.from(feedbackDraft)
		.where(eq(feedbackDraft.id, draftId(draft)));
	return (row && open(draft, row.sealed)) ?? {};
}

/** Keeps what was typed, over what was kept before. */
export async function keepDraft(app: App, draft: DraftOf, typed: TypedAnswers): Promise<void> {
	const { training, instrument } = draft.invitation;
	const onDay = dayIn(training.zone, app.now());
	const sealed = seal(draft, typed);
	await app.db.write(async (tx) => {
		await tx
			.insert(feedbackDraft)
			.values({
				id: draftId(draft),
				trainingId: training.id,
				instrument: instrument.id,
				sealed,
				onDay
			})
			.onConflictDoUpdate({ target: feedbackDraft.id, set: { sealed, onDay } });
	});
}

/** Daily: those that their phone has no key for any more. */
export async function dropOldDrafts(app: App): Promise<void> {
	const today = dayIn('Asia/Jakarta', app.now());
	await app.db.write((tx) =>
		tx.delete(feedbackDraft).where(lt(feedbackDraft.onDay, addDays(today, -DRAFT_DAYS)))
	);
}

export async function dropDraft(tx: Tx, draft: DraftOf): Promise<void> {
	await tx.delete(feedbackDraft).where(eq(feedbackDraft.id, draftId(draft)));
}

function derive({ key, userId, invitation }: DraftOf, purpose: 'name' | 'seal'): Buffer {
	const { training, instrument } = invitation;
	const about = [purpose, userId, training.id, instrument.id, instrument.version];
	return createHmac('sha256', key).update(JSON.stringify(about)).digest();
}

function draftId(draft: DraftOf): string {
	return derive(draft, 'name').toString('hex');
}

function seal(draft: DraftOf, typed: TypedAnswers): Uint8Array {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, derive(draft, 'seal'), nonce);
	const sealed = [cipher.update(JSON.stringify(typed), 'utf8'), cipher.final()];
	return Uint8Array.from(Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]));
}

function open(draft: DraftOf, sealed: Uint8Array): TypedAnswers | null {
	const nonce = sealed.subarray(0, NONCE_BYTES);
	const tag = sealed.subarray(sealed.length - TAG_BYTES);
	const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
	try {
		const decipher = createDecipheriv(CIPHER, derive(draft, 'seal'), nonce);
		decipher.setAuthTag(tag);
		const text = decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
		return JSON.parse(text) as TypedAnswers; // sealed by us with a key that only this phone has
	} catch {
		return null; // Tampered with or cut off: an empty form is better than no form.
	}
}
