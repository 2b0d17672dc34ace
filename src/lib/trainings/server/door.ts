/**
 * The door of a training: a code for the day that brings people to it, and
 * whether they walk in or wait to be let in one by one.
 */
import { and, eq, gt } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { door, training } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { countMiss, refuseWhenTooMany } from '#lib/people/server/throttle.ts';
import { endOfDay, newJoinCode, normaliseCode, type Training } from '../training.ts';
import { findTraining } from './trainings.ts';

export interface Door {
	/** Null when it has run out or was taken back: make a new one. */
	readonly code: string | null;
	readonly expiresAt: Date;
	/** True: whoever knows the code enters at once. */
	readonly open: boolean;
}

export async function doorOf(app: App, actor: Actor, trainingId: string): Promise<Door> {
	await findTraining(app.db.read, actor, trainingId, 'run');
	const [row] = await app.db.read.select().from(door).where(eq(door.trainingId, trainingId));
	const valid = row !== undefined && row.expiresAt > app.now();
	return {
		code: valid ? row.code : null,
		expiresAt: row?.expiresAt ?? app.now(),
		open: valid && row.open
	};
}

/** Lets people in without approval until the day ends; makes a code when there is none. */
export async function openDoor(app: App, actor: Actor, trainingId: string): Promise<void> {
	await change(app, actor, trainingId, 'door.opened', (now) =>
		now.code === null ? { ...freshCode(now), open: true } : { open: true }
	);
}

/** The code still leads to the door; everybody waits there to be approved. */
export async function closeDoor(app: App, actor: Actor, trainingId: string): Promise<void> {
	await change(app, actor, trainingId, 'door.closed', () => ({ open: false }));
}

/** A code for today; the one before is worth nothing from now on. */
export async function newCode(app: App, actor: Actor, trainingId: string): Promise<void> {
	await change(app, actor, trainingId, 'door.code', (now) => ({
		...freshCode(now),
		open: now.open
	}));
}

/** Takes the code back: nobody can come to the door until there is a new one. */
export async function revokeCode(app: App, actor: Actor, trainingId: string): Promise<void> {
	await change(app, actor, trainingId, 'door.revoked', ({ at }) => ({
		code: newJoinCode(),
		expiresAt: at,
		open: false
	}));
}

interface DoorNow {
	readonly code: string | null;
	readonly open: boolean;
	readonly zone: Training['zone'];
	readonly at: Date;
}

function freshCode({ zone, at }: DoorNow) {
	return { code: newJoinCode(), expiresAt: endOfDay(zone, at) };
}

async function change(
	app: App,
	actor: Actor,
	trainingId: string,
	action: string,
	decide: (now: DoorNow) => Partial<typeof door.$inferInsert>
): Promise<void> {
	const { zone } = await findTraining(app.db.read, actor, trainingId, 'run');
	const now = await doorOf(app, actor, trainingId);
	const at = app.now();
	const changed = decide({ code: now.code, open: now.open, zone, at });
	await app.db.write(async (tx) => {
		const row = { code: newJoinCode(), expiresAt: at, open: false, ...changed };
		await tx
			.insert(door)
			.values({ trainingId, ...row })
			.onConflictDoUpdate({ target: door.trainingId, set: changed });
		await audit(tx, {
			actorId: actor.userId,
			action,
			object: `training:${trainingId}`,
			at
		});
	});
}

/** Guessing is hopeless at these limits: at most 2e-6 an hour with 100 live codes. */
const MISSES_PER_DEVICE_A_MINUTE = 10;
const MISSES_AN_HOUR = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Nobody's half-filled form is lost because midnight has passed. A code that was taken back ends at once. */
const TO_FILL_IN_MS = HOUR_MS;

export interface Knock {
	/** As typed. */
	readonly code: string;
	/** The random name this browser keeps in its cookie. */
	readonly device: string;
	/** A form is being sent that was opened while the code was good: it gets an hour more. */
	readonly filledIn?: boolean;
}

export interface Knocked {
	readonly training: Training;
	readonly open: boolean;
}

/**
 * The training a code leads to.
 *
 * Refuses with `trainings_refused_code`, in the same words for a code that never
 * was, has run out or was taken back; with `too_many` after ten misses a minute.
 */
export async function knock(app: App, { code, device, filledIn = false }: Knock): Promise<Knocked> {
	const keys = { device: `join code of ${device}`, all: 'join codes' };
	await refuseWhenTooMany(app, keys.device, MISSES_PER_DEVICE_A_MINUTE, MINUTE_MS);
	await refuseWhenTooMany(app, keys.all, MISSES_AN_HOUR, HOUR_MS);
	const goodAt = app.now().getTime() - (filledIn ? TO_FILL_IN_MS : 0);
	const found = await behind(app, normaliseCode(code) ?? '', new Date(goodAt));
	if (found) return found;
	await countMiss(app, keys.device, MINUTE_MS);
	await countMiss(app, keys.all, HOUR_MS);
	throw new Refusal('not_found', 'trainings_refused_code');
}

async function behind(app: App, code: string, at: Date): Promise<Knocked | null> {
	const [found] = await app.db.read
		.select({ training, open: door.open })
		.from(door)
		.innerJoin(training, eq(training.id, door.trainingId))
		.where(and(eq(door.code, code), gt(door.expiresAt, at)));
	return found ?? null;
}
