/** Who was in which session, how they were entered, and who has a certificate by now. */
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { inChunks } from '#lib/platform/server/db/sql.ts';
import { attendance, attendanceWindow } from '#lib/platform/server/db/schema/index.ts';
import {
	issueCertificate,
	reissueCertificate,
	revokeCertificate
} from '#lib/courses/certificates/server/certificates.ts';
import { settleCompletions } from '#lib/courses/certificates/server/completion.ts';
import type { Actor } from '#lib/people/actor.ts';
import { agendaOf, type Slot } from '#lib/trainings/server/agenda.ts';
import { correctAttendance } from '#lib/trainings/server/attendance.ts';
import { newSecret } from '#lib/trainings/server/attendance-codes.ts';
import { newDie, type Die } from './chance.ts';
import { facilitators, officer, teams } from './people.ts';
import type { Ids } from './people.server.ts';
import { actorOf, at, type Stage } from './stage.server.ts';
import { missing } from './tests.server.ts';
import { idOf } from './training.server.ts';

/** dodi had a wedding in the family on the third day, and is short of training hours. */
const AT_A_WEDDING = 1;
/** Was there without a phone in one session, which was set right afterwards. */
const WITHOUT_PHONE = 12;

export async function attend(stage: Stage, ids: Ids, trainingId: string): Promise<void> {
	const [first] = facilitators;
	if (!first) return;
	const host = await actorOf(stage, idOf(ids, first));
	const people = teams.flatMap((team) => team.members).map((member) => idOf(ids, member));
	const slots = await agendaOf(stage.app, host, trainingId);
	await takeAttendance(stage, host, { slots, people });
	await setOneRight(stage, host, { trainingId, slots, people });
	const evening = at(stage, stage.endsOn, '10:30');
	await settleCompletions(evening, { trainingId, userIds: people });
}

interface Room {
	readonly trainingId: string;
	readonly slots: readonly Slot[];
	readonly people: readonly string[];
}

async function takeAttendance(
	stage: Stage,
	host: Actor,
	{ slots, people }: Omit<Room, 'trainingId'>
): Promise<void> {
	const die = newDie(73);
	const rows: (typeof attendance.$inferInsert)[] = [];
	for (const slot of slots) {
		for (const [place, userId] of people.entries()) {
			if (isMissing(stage, { slot, place, die })) continue;
			rows.push({
				slotId: slot.id,
				userId,
				present: true,
				...entryIn(stage, { slot, userId, host, die })
			});
		}
	}
	const windows = slots.map((slot) => ({
		slotId: slot.id,
		secret: newSecret(),
		openedAt: at(stage, slot.onDay, slot.startsAt).now(),
		openedBy: host.userId,
		closedAt: at(stage, slot.onDay, slot.endsAt).now(),
		closedBy: host.userId
	}));
	// As opening, entering and closing do, in one transaction instead of several hundred.
	await stage.app.db.write(async (tx) => {
		await tx.insert(attendanceWindow).values(windows);
		for (const some of inChunks(rows)) await tx.insert(attendance).values(some);
	});
}

interface Seat {
	readonly slot: Slot;
	readonly place: number;
	readonly die: Die;
}

function isMissing({ startsOn }: Stage, { slot, place, die }: Seat): boolean {
	const nowAndThen = die.roll() < 0.03;
	if (place === AT_A_WEDDING && slot.onDay === addDays(startsOn, 2)) return true;
	if (missing.pre.includes(place) && slot.onDay === startsOn) return true;
	// Who left early has left by the afternoon of the fourth day.
	const closing = slot.onDay >= addDays(startsOn, 3) && slot.startsAt >= '13:00';
	if (missing.post.includes(place) && closing) return true;
	return nowAndThen && place !== 0;
}

interface Entering {
	readonly slot: Slot;
	readonly userId: string;
	readonly host: Actor;
	readonly die: Die;
}

/** Most by code within the first minutes, some hours later, some from the signed list. */
function entryIn(stage: Stage, { slot, userId, host, die }: Entering) {
	const chance = die.roll();
	const shown = minutesAfter(stage, slot, 1 + Math.floor(die.roll() * 12));
	if (chance < 0.05) {
		const way = 'paper' as const;
		return { way, provenAt: null, at: minutesAfter(stage, slot, 70), enteredBy: host.userId };
	}
	if (chance < 0.08) {
		const way = 'later' as const;
		return { way, provenAt: shown, at: minutesAfter(stage, slot, 190), enteredBy: userId };
	}
	return { way: 'code' as const, provenAt: shown, at: shown, enteredBy: userId };
}

function minutesAfter(stage: Stage, slot: Slot, minutes: number): Date {
	return new Date(at(stage, slot.onDay, slot.startsAt).now().getTime() + minutes * 60_000);
}

async function setOneRight(
	stage: Stage,
	host: Actor,
	{ trainingId, slots, people }: Room
): Promise<void> {
	const slot = slots.find(({ moduleSlug }) => moduleSlug !== null);
	const userId = people[WITHOUT_PHONE];
	if (!slot || !userId) return;
	const which = { trainingId, slotId: slot.id, userId };
	const noon: [CalendarDay, string] = [slot.onDay, '12:30'];
	const mistaken = { ...which, present: false, reason: 'Salah centang: bukan beliau' };
	await correctAttendance(at(stage, ...noon), host, mistaken);
	const right = { ...which, present: true, reason: 'Tanda tangan ada di daftar kertas' };
	await correctAttendance(at(stage, noon[0], '12:40'), host, right);
}

/** yusuf has completed everything and can issue his own; one name was misspelt, one was revoked. */
const NOT_YET = 6;
const MISSPELT = 8;
const REVOKED = 10;

/** Null for who has not completed the training. */
async function issueIfComplete(app: App, actor: Actor, trainingId: string) {
	try {
		return await issueCertificate(app, actor, { trainingId, userId: actor.userId });
	} catch (thrown) {
		if (thrown instanceof Refusal && thrown.code === 'closed') return null;
		throw thrown;
	}
}

export async function awardCertificates(stage: Stage, ids: Ids, trainingId: string): Promise<void> {
	const people = teams.flatMap((team) => team.members).map((member) => idOf(ids, member));
	const office = await actorOf(stage, idOf(ids, officer));
	const closing = at(stage, stage.endsOn, '10:45');
	for (const [place, userId] of people.entries()) {
		if (place % 2 === 1 || place === NOT_YET) continue;
		const issued = await issueIfComplete(closing, await actorOf(stage, userId), trainingId);
		if (!issued) continue;
		const later = at(stage, addDays(stage.endsOn, 1), '09:00');
		if (place === MISSPELT) {
			const reason = 'Gelar pada nama belum ditulis';
			await reissueCertificate(later, office, { code: issued.code, reason });
		}
		if (place === REVOKED) {
			const reason = 'Diterbitkan untuk orang yang salah';
			await revokeCertificate(later, office, { code: issued.code, reason });
		}
	}
}
