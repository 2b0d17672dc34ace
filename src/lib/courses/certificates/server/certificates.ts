/**
 * Certificates (sertifikat): issued to whoever has completed a training, the same
 * day; revoked by the office with a reason; issued anew under a new number.
 *
 * What a certificate says is kept as it was: a later change of name, agenda or
 * conditions does not change what was handed out.
 */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { placeName } from '#lib/people/server/regions.ts';
import { countMiss, refuseWhenTooMany } from '#lib/people/server/throttle.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { certificate, completion, user } from '#lib/platform/server/db/schema/index.ts';
import { jpOf } from '#lib/trainings/attendance.ts';
import { slotsOf } from '#lib/trainings/server/agenda.ts';
import { attendedSlots } from '#lib/trainings/server/attendance.ts';
import type { Training } from '#lib/trainings/training.ts';
import { newNumber, normaliseNumber } from '../number.ts';
import {
	findTrainingFor,
	noteIfComplete,
	noteWhoIsComplete,
	refuseStranger,
	type WhichPerson
} from './completion.ts';

export type Certificate = typeof certificate.$inferSelect;

/**
 * The certificate of somebody who has completed the training: their own, or
 * issued by who runs it. The one that is there already, when there is one.
 *
 * Refuses with `not_found`, `forbidden`; `invalid` for who does not take part;
 * `closed` when the training is not complete, or when the last certificate was
 * revoked: then only the office issues a new one.
 */
export async function issueCertificate(
	app: App,
	actor: Actor,
	which: WhichPerson
): Promise<Certificate> {
	const own = which.userId === actor.userId;
	const training = await findTrainingFor(
		app.db.read,
		actor,
		which.trainingId,
		own ? 'earn' : 'award'
	);
	const at = app.now();
	return app.db.write(async (tx) => {
		await refuseStranger(tx, which);
		const last = await lastCertificate(tx, which);
		if (last && !last.revokedAt) return last;
		if (last) throw new Refusal('closed', 'courses_refused_certificate_revoked');
		await refuseIncomplete(tx, which, at);
		return save(tx, { training, ...which, by: actor, at, replaces: null });
	});
}

/** Issues to everybody who has completed the training and has none yet; answers how many. */
export async function issueToAll(app: App, actor: Actor, trainingId: string): Promise<number> {
	const training = await findTrainingFor(app.db.read, actor, trainingId, 'award');
	const at = app.now();
	return app.db.write(async (tx) => {
		await noteWhoIsComplete(tx, trainingId, at);
		const without = await tx
			.select({ userId: completion.userId })
			.from(completion)
			.leftJoin(
				certificate,
				and(
					eq(certificate.trainingId, completion.trainingId),
					eq(certificate.userId, completion.userId)
				)
			)
			.where(and(eq(completion.trainingId, trainingId), isNull(certificate.code)));
		for (const { userId } of without) {
			await save(tx, { training, userId, by: actor, at, replaces: null });
		}
		return without.length;
	});
}

async function refuseIncomplete(tx: Tx, which: WhichPerson, at: Date): Promise<void> {
	await noteIfComplete(tx, which, at);
	const [done] = await tx
		.select()
		.from(completion)
		.where(and(eq(completion.trainingId, which.trainingId), eq(completion.userId, which.userId)));
	if (!done) throw new Refusal('closed', 'courses_refused_not_complete');
}

interface Issuing {
	readonly training: Training;
	readonly userId: string;
	readonly by: Actor;
	readonly at: Date;
	/** The number of the one that was revoked for it. */
	readonly replaces: string | null;
}

async function save(tx: Tx, { training, userId, by, at, replaces }: Issuing): Promise<Certificate> {
	const [person] = await tx.select({ name: user.name }).from(user).where(eq(user.id, userId));
	const slots = await slotsOf(tx, training.id);
	const attended = (await attendedSlots(tx, training.id, [userId])).get(userId);
	const counted = slots.filter((slot) => jpOf(slot) > 0);
	const { title, place, startsOn, endsOn } = training;
	const [issued] = await tx
		.insert(certificate)
		.values({
			code: newNumber(),
			trainingId: training.id,
			userId,
			name: person?.name ?? '',
			salt: randomBytes(16).toString('base64url'),
			contents: {
				title,
				place,
				region: await placeName(tx, training.regionCode),
				startsOn,
				endsOn,
				sessions: counted
					.filter(({ id }) => attended?.has(id))
					.map((slot) => ({ onDay: slot.onDay, title: slot.title, jp: jpOf(slot) })),
				totalJp: counted.reduce((sum, slot) => sum + jpOf(slot), 0)
			},
			issuedAt: at,
			issuedBy: by.userId,
			replaces
		})
		.onConflictDoNothing()
		.returning();
	// Two phones at once: the index decides, and the second gets the first one's.
	const known = issued ?? (await lastCertificate(tx, { trainingId: training.id, userId }));
	if (!known) throw new Error('the certificate was not written');
	if (!issued) return known;
	await audit(tx, deed(by, 'certificate.issued', issued.code, at));
	return issued;
}

const deed = (actor: Actor, action: string, code: string, at: Date) => ({
	actorId: actor.userId,
	action,
	object: `certificate:${code}`,
	at
});

/** The one in force, or else the newest. */
export async function lastCertificate(
	read: Read,
	{ trainingId, userId }: WhichPerson
): Promise<Certificate | null> {
	const [last] = await read
		.select()
		.from(certificate)
		.where(and(eq(certificate.trainingId, trainingId), eq(certificate.userId, userId)))
		.orderBy(desc(isNull(certificate.revokedAt)), desc(certificate.issuedAt))
		.limit(1);
	return last ?? null;
}

/** The certificate with this number, for its owner and for who follows the training. Refuses with `not_found`. */
export async function findCertificate(
	read: Read,
	actor: Actor,
	typed: string
): Promise<Certificate> {
	const [found] = await read
		.select()
		.from(certificate)
		.where(eq(certificate.code, normaliseNumber(typed) ?? ''));
	if (!found) throw new Refusal('not_found', 'courses_refused_no_certificate');
	const action = found.userId === actor.userId ? 'earn' : 'follow';
	await findTrainingFor(read, actor, found.trainingId, action).catch((thrown) => {
		if (!(thrown instanceof Refusal)) throw thrown;
		throw new Refusal('not_found', 'courses_refused_no_certificate');
	});
	return found;
}

export interface Revoking {
	readonly code: string;
	/** For whoever asks later; never shown in public. */
	readonly reason: string;
}

/**
 * Takes a certificate back; its public page says so from now on. Revoked already,
 * nothing changes. Refuses with `not_found`, and with `forbidden` who may not.
 */
export async function revokeCertificate(
	app: App,
	actor: Actor,
	{ code, reason }: Revoking
): Promise<void> {
	const found = await findCertificate(app.db.read, actor, code);
	await findTrainingFor(app.db.read, actor, found.trainingId, 'manage');
	await app.db.write((tx) => revoke(tx, { actor, code: found.code, reason, at: app.now() }));
}

interface Taking extends Revoking {
	readonly actor: Actor;
	readonly at: Date;
}

async function revoke(tx: Tx, { actor, code, reason, at }: Taking): Promise<void> {
	const revoked = await tx
		.update(certificate)
		.set({ revokedAt: at, revokedBy: actor.userId, revokedReason: reason })
		.where(and(eq(certificate.code, code), isNull(certificate.revokedAt)))
		.returning();
	if (revoked.length > 0) await audit(tx, deed(actor, 'certificate.revoked', code, at));
}

/**
 * A new certificate under a new number, with the name and the attendance of
 * today: after a name was corrected, or after one was revoked by mistake. The one
 * before it is revoked with this reason. Refuses as `revokeCertificate`, and with
 * `closed` when a newer one is there.
 */
export async function reissueCertificate(
	app: App,
	actor: Actor,
	{ code, reason }: Revoking
): Promise<Certificate> {
	const found = await findCertificate(app.db.read, actor, code);
	const training = await findTrainingFor(app.db.read, actor, found.trainingId, 'manage');
	const { userId } = found;
	const at = app.now();
	return app.db.write(async (tx) => {
		const last = await lastCertificate(tx, { trainingId: training.id, userId });
		if (last?.code !== found.code) {
			throw new Refusal('closed', 'courses_refused_certificate_replaced');
		}
		await revoke(tx, { actor, code: found.code, reason, at });
		return save(tx, { training, userId, by: actor, at, replaces: found.code });
	});
}

/** Numbers of 60 random bits cannot be guessed; this keeps the page from being asked for ever. */
const MISSES_A_MINUTE = 20;
const MISSES_AN_HOUR = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * The certificate behind a number, for anybody who holds it: what the public page
 * shows of it is decided there.
 *
 * Refuses with `not_found` for a number that never was; with `too_many` after
 * twenty of those a minute from one browser. A number that is right is always answered.
 */
export async function checkCertificate(
	app: App,
	{ typed, device }: { readonly typed: string; readonly device: string }
): Promise<Certificate> {
	const number = normaliseNumber(typed);
	const [found] = number
		? await app.db.read.select().from(certificate).where(eq(certificate.code, number))
		: [];
	if (found) return found;
	const keys = { device: `certificate number of ${device}`, all: 'certificate numbers' };
	await refuseWhenTooMany(app, keys.device, MISSES_A_MINUTE, MINUTE_MS);
	await refuseWhenTooMany(app, keys.all, MISSES_AN_HOUR, HOUR_MS);
	await countMiss(app, keys.device, MINUTE_MS);
	await countMiss(app, keys.all, HOUR_MS);
	throw new Refusal('not_found', 'courses_refused_no_certificate');
}
