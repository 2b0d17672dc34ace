import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { attendance, auditEntry } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import {
	aFacilitator,
	anOfficer,
	aParticipant,
	aTraining,
	jambiTraining,
	KARMEO,
	type Cast
} from '../../../../tests/people.ts';
import { addSlot, removeSlot } from './agenda.ts';
import {
	correctAttendance,
	enterAttendance,
	enterFromPaper,
	receiveAttendance,
	refuseUnknownCode
} from './attendance.ts';
import {
	attendanceOverview,
	openSlotsFor,
	ownAttendance,
	slotAttendance
} from './attendance-lists.ts';
import { closeAttendance, openAttendance, screenOf } from './attendance-windows.ts';
import { createTraining } from './trainings.ts';

const day = (text: string) => text as CalendarDay;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Friday 22 May 2026, 10.00 WIB: the last day of the training. */
const start = new Date('2026-05-22T03:00:00Z').getTime();

let now: Date;
let app: TestApp;
let cast: Cast;
let slotId: string;

beforeEach(async () => {
	now = new Date(start);
	app = await openTestApp({ now: () => now });
	cast = await aTraining(app);
	slotId = await slotOn('2026-05-22');
});
afterEach(() => app.close());

const later = (ms: number) => (now = new Date(now.getTime() + ms));
const which = () => ({ trainingId: cast.training.id, slotId });

async function slotOn(onDay: string, jp: number | null = null): Promise<string> {
	const terms = { startsAt: '09:45', endsAt: '11:15', title: 'Advokasi', moduleSlug: null, jp };
	const made = await addSlot(app, cast.ani, cast.training.id, { ...terms, onDay: day(onDay) });
	return made.id;
}

async function codeNow(): Promise<string> {
	const { now: shown } = await screenOf(app, cast.yusuf, which());
	if (!shown) throw new Error('nothing is on the screen');
	return shown.code;
}

const entryOf = async (userId: string) => {
	const { people } = await slotAttendance(app, cast.yusuf, which());
	return people.find((person) => person.userId === userId);
};

describe('a participant', () => {
	beforeEach(() => openAttendance(app, cast.yusuf, which()));

	test('is in with the code on the screen, and hears so', async () => {
		expect(await openSlotsFor(app.db.read, cast.sri, now)).toMatchObject([
			{ slotId, title: 'Advokasi', enteredAt: null }
		]);
		const entered = await enterAttendance(app, cast.sri, (await codeNow()).toLowerCase());
		expect(entered).toEqual({ ...which(), at: now });
		const { slots, hours } = await ownAttendance(app, cast.sri, cast.training.id);
		expect(slots).toMatchObject([{ present: true, enteredAt: now, hours: 2 }]);
		expect(hours).toEqual({ attended: 2, total: 2 });
		expect(await screenOf(app, cast.yusuf, which())).toMatchObject({ present: 1, participants: 2 });
	});

	test('stays in as first entered, from however many phones at once', async () => {
		const code = await codeNow();
		await Promise.all([enterAttendance(app, cast.sri, code), enterAttendance(app, cast.sri, code)]);
		const first = now;
		later(20_000);
		expect(await enterAttendance(app, cast.sri, code)).toMatchObject({ at: first });
		expect(await app.db.read.$count(attendance)).toBe(1);
	});

	test('is told to look again when the code has changed', async () => {
		const code = await codeNow();
		later(2 * MINUTE);
		await expect(enterAttendance(app, cast.sri, code)).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'trainings_refused_attendance_code_old'
		});
		expect(await codeNow()).not.toBe(code);
	});

	test('guesses ten times a minute, then waits; old codes are no guesses', async () => {
		const code = await codeNow();
		for (let n = 0; n < 10; n++) {
			await expect(enterAttendance(app, cast.sri, '222222')).rejects.toMatchObject({
				code: 'not_found'
			});
		}
		await expect(enterAttendance(app, cast.sri, code)).rejects.toMatchObject({ code: 'too_many' });
		await expect(refuseUnknownCode(app, cast.sri, code)).rejects.toMatchObject({
			code: 'too_many'
		});
		// Somebody else in the room is not slowed down.
		await enterAttendance(app, cast.budi, code);
		later(MINUTE + 1);
		await enterAttendance(app, cast.sri, await codeNow());
	});

	test('gains nothing by sending all guesses at once', async () => {
		const guesses = Array.from({ length: 15 }, () =>
			enterAttendance(app, cast.sri, '222222').catch(({ code }: { code: string }) => code)
		);
		const refused = await Promise.all(guesses);
		expect(refused.filter((code) => code === 'not_found')).toHaveLength(10);
		expect(refused.filter((code) => code === 'too_many')).toHaveLength(5);
	});

	test('of another training has no use for the code', async () => {
		const { id } = await createTraining(app, cast.ani, { ...jambiTraining, title: 'Gel. II' });
		const teacher = await aFacilitator(app, 'Rohani', id);
		const stranger = await aParticipant(app, teacher, id, {
			name: 'Dodi',
			place: { villageCode: KARMEO }
		});
		await expect(enterAttendance(app, stranger, await codeNow())).rejects.toMatchObject({
			code: 'not_found',
			messageKey: 'trainings_refused_attendance_code'
		});
		await expect(enterAttendance(app, cast.yusuf, await codeNow())).rejects.toMatchObject({
			code: 'not_found'
		});
	});

	test('without a signal is in as soon as the code arrives, and marked as sent later', async () => {
		const code = await codeNow();
		const shownAt = now;
		later(DAY);
		await refuseUnknownCode(app, cast.sri, code);
		await receiveAttendance(app, cast.sri, code);
		expect((await entryOf(cast.sri.userId))?.entry).toMatchObject({
			present: true,
			way: 'later',
			provenAt: new Date(Math.floor(shownAt.getTime() / MINUTE) * MINUTE),
			at: now
		});
	});

	test('whose code arrives two days after the training is refused', async () => {
		const code = await codeNow();
		now = new Date('2026-05-23T16:59:59Z'); // 23.59 WIB on the day after
		await receiveAttendance(app, cast.sri, code);
		now = new Date('2026-05-23T17:00:00Z');
		await expect(receiveAttendance(app, cast.budi, code)).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'trainings_refused_attendance_too_late'
		});
	});

	test('cannot undo what the facilitator has set right', async () => {
		await enterAttendance(app, cast.sri, await codeNow());
		const absent = { ...which(), userId: cast.sri.userId, present: false, reason: 'Titip absen' };
		await correctAttendance(app, cast.yusuf, absent);
		await expect(enterAttendance(app, cast.sri, await codeNow())).rejects.toMatchObject({
			messageKey: 'trainings_refused_attendance_corrected'
		});
	});
});

describe('the facilitator', () => {
	test('closes what was opened; opened again it has other codes', async () => {
		await openAttendance(app, cast.yusuf, which());
		const code = await codeNow();
		await openAttendance(app, cast.yusuf, which());
		expect(await codeNow()).toBe(code);
		later(5_000);
		await closeAttendance(app, cast.yusuf, which());
		expect((await screenOf(app, cast.yusuf, which())).now).toBeNull();
		await expect(enterAttendance(app, cast.sri, code)).rejects.toMatchObject({ code: 'closed' });
		later(1_000);
		await openAttendance(app, cast.yusuf, which());
		expect(await codeNow()).not.toBe(code);
		const { slots } = await attendanceOverview(app, cast.yusuf, cast.training.id);
		expect(slots).toMatchObject([{ state: 'open', present: 0 }]);
	});

	test('opens nothing before its day, nor after the training', async () => {
		now = new Date(start - DAY);
		await expect(openAttendance(app, cast.yusuf, which())).rejects.toMatchObject({
			messageKey: 'trainings_refused_attendance_not_yet'
		});
		await expect(
			enterFromPaper(app, cast.yusuf, { ...which(), userIds: [cast.sri.userId] })
		).rejects.toMatchObject({ code: 'closed' });
		now = new Date(start + DAY);
		await expect(openAttendance(app, cast.yusuf, which())).rejects.toMatchObject({
			messageKey: 'trainings_refused_attendance_over'
		});
	});

	test('enters the signed list, days later too; who was in stays as they were', async () => {
		await openAttendance(app, cast.yusuf, which());
		await enterAttendance(app, cast.sri, await codeNow());
		later(3 * DAY);
		const userIds = [cast.sri.userId, cast.budi.userId];
		expect(await enterFromPaper(app, cast.yusuf, { ...which(), userIds })).toBe(1);
		expect(await enterFromPaper(app, cast.yusuf, { ...which(), userIds })).toBe(0);
		expect((await entryOf(cast.sri.userId))?.entry?.way).toBe('code');
		expect((await entryOf(cast.budi.userId))?.entry).toMatchObject({
			way: 'paper',
			enteredBy: 'Yusuf',
			at: now
		});
	});

	test('enters nobody from elsewhere, and not nobody', async () => {
		const userIds = [cast.sri.userId, cast.bambang.userId];
		await expect(enterFromPaper(app, cast.yusuf, { ...which(), userIds })).rejects.toMatchObject({
			code: 'invalid'
		});
		expect(await app.db.read.$count(attendance)).toBe(0);
		await expect(
			enterFromPaper(app, cast.yusuf, { ...which(), userIds: [] })
		).rejects.toMatchObject({ code: 'invalid' });
	});

	test('sets right with a reason, which stays readable with who and when', async () => {
		const userId = cast.budi.userId;
		const right = { ...which(), userId };
		await correctAttendance(app, cast.yusuf, { ...right, present: true, reason: 'HP mati' });
		await correctAttendance(app, cast.yusuf, { ...right, present: true, reason: 'sekali lagi' });
		await correctAttendance(app, cast.ani, { ...right, present: false, reason: 'Salah orang' });
		expect(await entryOf(userId)).toMatchObject({
			entry: { present: false, way: 'correction', enteredBy: 'Ani' },
			corrections: [
				{ present: true, reason: 'HP mati', by: 'Yusuf' },
				{ present: false, reason: 'Salah orang', by: 'Ani' }
			]
		});
		const deeds = await app.db.read
			.select()
			.from(auditEntry)
			.where(eq(auditEntry.action, 'attendance.corrected'));
		expect(deeds).toHaveLength(2);
		expect(JSON.stringify(deeds)).not.toContain('HP mati');
	});

	test('tells whoever counts hours what has changed', async () => {
		const told: unknown[] = [];
		app.events.on('attendance.changed', (news) => told.push(news));
		await openAttendance(app, cast.yusuf, which());
		const code = await codeNow();
		await enterAttendance(app, cast.sri, code);
		await enterAttendance(app, cast.sri, code);
		await enterFromPaper(app, cast.yusuf, { ...which(), userIds: [cast.budi.userId] });
		expect(told).toEqual([
			{ trainingId: cast.training.id, userIds: [cast.sri.userId] },
			{ trainingId: cast.training.id, userIds: [cast.budi.userId] }
		]);
	});
});

describe('attendance', () => {
	test('is seen by who runs or follows the training, and by nobody else', async () => {
		const elsewhere = await anOfficer(app, 'Tono', '16');
		await expect(slotAttendance(app, elsewhere, which())).rejects.toMatchObject({
			code: 'not_found'
		});
		for (const person of [cast.sri, cast.bambang]) {
			await expect(slotAttendance(app, person, which())).rejects.toMatchObject({
				code: 'forbidden'
			});
			await expect(screenOf(app, person, which())).rejects.toMatchObject({ code: 'forbidden' });
			await expect(openAttendance(app, person, which())).rejects.toMatchObject({
				code: 'forbidden'
			});
		}
		await expect(ownAttendance(app, cast.bambang, cast.training.id)).rejects.toMatchObject({
			code: 'forbidden'
		});
	});

	test('of a slot of another training does not exist', async () => {
		const { id } = await createTraining(app, cast.ani, { ...jambiTraining, title: 'Gel. II' });
		await expect(slotAttendance(app, cast.ani, { trainingId: id, slotId })).rejects.toMatchObject({
			code: 'not_found'
		});
	});

	test('keeps its slot from being removed', async () => {
		await enterFromPaper(app, cast.yusuf, { ...which(), userIds: [cast.sri.userId] });
		await expect(removeSlot(app, cast.ani, cast.training.id, slotId)).rejects.toMatchObject({
			messageKey: 'trainings_refused_slot_attended'
		});
		const empty = await slotOn('2026-05-21', 0);
		await removeSlot(app, cast.ani, cast.training.id, empty);
	});

	test('counts the hours the office has set', async () => {
		await slotOn('2026-05-21', 4);
		expect((await ownAttendance(app, cast.sri, cast.training.id)).hours).toEqual({
			attended: 0,
			total: 6
		});
		await expect(slotOn('2026-05-21', 2.5)).rejects.toMatchObject({ code: 'invalid' });
		await expect(slotOn('2026-05-21', -1)).rejects.toMatchObject({ code: 'invalid' });
	});
});
