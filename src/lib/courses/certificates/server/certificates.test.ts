import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import {
	auditEntry,
	certificate,
	completion,
	testAttempt,
	user
} from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { handInTest, startTest } from '../../tests/server/taking.ts';
import { closeTest, openTest } from '../../tests/server/windows.ts';
import { readCourse } from '../../server/content.ts';
import { addSlot, editSlot } from '#lib/trainings/server/agenda.ts';
import { correctAttendance, enterFromPaper } from '#lib/trainings/server/attendance.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import { anOfficer, aTraining, type Cast } from '../../../../../tests/people.ts';
import { missed } from '../../../../../tests/misses.ts';
import {
	checkCertificate,
	findCertificate,
	issueCertificate,
	issueToAll,
	reissueCertificate,
	revokeCertificate
} from './certificates.ts';
import { changeTerms, overrideCompletion, settleCompletions } from './completion.ts';
import { classStanding, ownStanding } from './standing.ts';

const course = readCourse('content');
const session = {
	onDay: '2026-05-22' as CalendarDay,
	startsAt: '08:00',
	endsAt: '09:30',
	title: 'Advokasi',
	moduleSlug: null
};

let app: TestApp;
let cast: Cast;
let slotId: string;
let trainingId: string;

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	trainingId = cast.training.id;
	slotId = (await addSlot(app, cast.ani, trainingId, session)).id;
	app.events.on('attendance.changed', (news) => settled.push(settleCompletions(app, news)));
});
afterEach(() => app.close());

/** As the wiring does: in the background. */
const settled: Promise<void>[] = [];

async function attends(person: Actor): Promise<void> {
	await enterFromPaper(app, cast.yusuf, { trainingId, slotId, userIds: [person.userId] });
	await Promise.all(settled.splice(0));
}

async function takesBothTests(...people: Actor[]): Promise<void> {
	for (const phase of ['pre', 'post'] as const) {
		await openTest(app, course, cast.yusuf, { trainingId, phase });
		for (const person of people) {
			const { testId } = await startTest(app, course, person, { trainingId, phase });
			await handInTest(app, course, person, { testId });
		}
	}
}

const own = (person: Actor) => ownStanding(app, person, trainingId);
const issueOwn = (person: Actor) =>
	issueCertificate(app, person, { trainingId, userId: person.userId });

async function certified(person: Actor) {
	await attends(person);
	await takesBothTests(person);
	return issueOwn(person);
}

describe('a training', () => {
	test('is complete with the last thing that was missing, and stays so', async () => {
		await attends(cast.sri);
		expect(await own(cast.sri)).toMatchObject({
			complete: false,
			conditions: [
				{ kind: 'attendance', met: true, attended: 2, needed: 2, total: 2 },
				{ kind: 'pre', met: false },
				{ kind: 'post', met: false }
			]
		});
		await takesBothTests(cast.sri);
		expect(await app.db.read.$count(completion)).toBe(1);
		const absent = { trainingId, slotId, userId: cast.sri.userId, present: false };
		await correctAttendance(app, cast.yusuf, { ...absent, reason: 'Salah orang' });
		expect(await own(cast.sri)).toMatchObject({
			complete: true,
			conditions: [{ met: false }, {}, {}]
		});
		expect((await own(cast.budi)).complete).toBe(false);
	});

	test('is not complete with a test that came too late to count', async () => {
		await attends(cast.sri);
		await takesBothTests(cast.budi);
		const { testId } = await startTest(app, course, cast.sri, { trainingId, phase: 'post' });
		await closeTest(app, cast.yusuf, { trainingId, phase: 'post' });
		await expect(handInTest(app, course, cast.sri, { testId })).rejects.toMatchObject({
			code: 'closed'
		});
		expect((await own(cast.sri)).conditions.at(-1)).toEqual({ kind: 'post', met: false });
	});

	test('is complete by what its office asks for; what was complete before stays', async () => {
		await attends(cast.sri);
		await takesBothTests(cast.sri);
		await changeTerms(app, cast.ani, trainingId, {
			attendancePercent: 100,
			preTest: false,
			postTest: false
		});
		await addSlot(app, cast.ani, trainingId, { ...session, startsAt: '10:00', endsAt: '11:30' });
		expect(await own(cast.sri)).toMatchObject({ complete: true, conditions: [{ met: false }] });
		await attends(cast.budi);
		expect((await own(cast.budi)).complete).toBe(false);
		await changeTerms(app, cast.ani, trainingId, {
			attendancePercent: 50,
			preTest: false,
			postTest: false
		});
		expect((await own(cast.budi)).complete).toBe(true);
	});

	test('asks for a share between 0 and 100, and only the office says which', async () => {
		const terms = { attendancePercent: 101, preTest: true, postTest: true };
		await expect(changeTerms(app, cast.ani, trainingId, terms)).rejects.toMatchObject({
			code: 'invalid'
		});
		const fair = { ...terms, attendancePercent: 60 };
		for (const person of [cast.yusuf, cast.sri, cast.bambang]) {
			await expect(changeTerms(app, person, trainingId, fair)).rejects.toMatchObject({
				code: 'forbidden'
			});
		}
	});

	test('is declared complete by a facilitator, with a reason that stays', async () => {
		const said = { trainingId, userId: cast.sri.userId, reason: 'Sakit pada hari terakhir' };
		await overrideCompletion(app, cast.yusuf, said);
		await overrideCompletion(app, cast.ani, { ...said, reason: 'sekali lagi' });
		expect(await own(cast.sri)).toMatchObject({
			complete: true,
			override: { by: 'Yusuf', reason: 'Sakit pada hari terakhir' }
		});
		await expect(overrideCompletion(app, cast.sri, said)).rejects.toMatchObject({
			code: 'forbidden'
		});
		await expect(
			overrideCompletion(app, cast.yusuf, { ...said, userId: cast.bambang.userId })
		).rejects.toMatchObject({ code: 'invalid' });
		const deeds = await app.db.read.select().from(auditEntry);
		expect(deeds.filter(({ action }) => action === 'completion.overridden')).toHaveLength(1);
		expect(JSON.stringify(deeds)).not.toContain('Sakit');
	});
});

describe('a certificate', () => {
	test('is refused while something is missing', async () => {
		await attends(cast.sri);
		await expect(issueOwn(cast.sri)).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_not_complete'
		});
		await expect(
			issueCertificate(app, cast.budi, { trainingId, userId: cast.sri.userId })
		).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('says what was true when it was issued, whatever changes later', async () => {
		const issued = await certified(cast.sri);
		expect(issued).toMatchObject({
			name: 'Sri',
			issuedAt: app.now(),
			contents: {
				title: cast.training.title,
				place: 'Kota Jambi',
				region: 'Jambi',
				sessions: [{ onDay: '2026-05-22', title: 'Advokasi', jp: 2 }],
				totalJp: 2
			}
		});
		const longer = { ...session, endsAt: '11:00', title: 'Lain', jp: null };
		await editSlot(app, cast.ani, trainingId, slotId, longer);
		await app.db.write((tx) =>
			tx.update(user).set({ name: 'Sri Wahyuni' }).where(eq(user.id, cast.sri.userId))
		);
		expect(await findCertificate(app.db.read, cast.sri, issued.code)).toEqual(issued);
	});

	test('is one, from however many phones at once', async () => {
		await attends(cast.sri);
		await takesBothTests(cast.sri);
		const both = await Promise.all([issueOwn(cast.sri), issueOwn(cast.sri)]);
		expect(both[0]?.code).toBe(both[1]?.code);
		expect(await app.db.read.$count(certificate)).toBe(1);
	});

	test('is issued to everybody who has completed, once', async () => {
		await attends(cast.sri);
		await attends(cast.budi);
		await takesBothTests(cast.sri);
		expect(await issueToAll(app, cast.yusuf, trainingId)).toBe(1);
		expect(await issueToAll(app, cast.yusuf, trainingId)).toBe(0);
		const { people } = await classStanding(app, cast.ani, trainingId);
		expect(people.map(({ name, certificate: its }) => [name, its !== null])).toEqual([
			['Sri', true],
			['Budi', false]
		]);
	});

	test('is seen by its owner and by who follows the training, and by nobody else', async () => {
		const { code } = await certified(cast.sri);
		for (const person of [cast.sri, cast.yusuf, cast.ani]) {
			expect((await findCertificate(app.db.read, person, code)).code).toBe(code);
		}
		const elsewhere = await anOfficer(app, 'Tono', '16');
		for (const person of [cast.budi, cast.bambang, elsewhere]) {
			await expect(findCertificate(app.db.read, person, code)).rejects.toMatchObject({
				code: 'not_found'
			});
		}
	});

	test('is revoked by the office with a reason, and only by the office', async () => {
		const { code } = await certified(cast.sri);
		const reason = 'Diterbitkan untuk orang yang salah';
		for (const person of [cast.sri, cast.yusuf]) {
			await expect(revokeCertificate(app, person, { code, reason })).rejects.toMatchObject({
				code: 'forbidden'
			});
		}
		await revokeCertificate(app, cast.ani, { code, reason });
		await revokeCertificate(app, cast.ani, { code, reason: 'sekali lagi' });
		const checked = await checkCertificate(app, { typed: code, device: 'HP' });
		expect(checked).toMatchObject({ revokedAt: app.now(), revokedReason: reason });
		await expect(issueOwn(cast.sri)).rejects.toMatchObject({
			messageKey: 'courses_refused_certificate_revoked'
		});
		expect(JSON.stringify(await app.db.read.select().from(auditEntry))).not.toContain('orang yang');
	});

	test('is issued anew under another number with the name of today', async () => {
		const first = await certified(cast.sri);
		await app.db.write((tx) =>
			tx.update(user).set({ name: 'Sri Wahyuni, A.Md.' }).where(eq(user.id, cast.sri.userId))
		);
		const renewed = await reissueCertificate(app, cast.ani, { code: first.code, reason: 'Gelar' });
		expect(renewed).toMatchObject({ name: 'Sri Wahyuni, A.Md.', replaces: first.code });
		expect(renewed.code).not.toBe(first.code);
		expect((await own(cast.sri)).certificate?.code).toBe(renewed.code);
		await expect(
			reissueCertificate(app, cast.ani, { code: first.code, reason: 'lagi' })
		).rejects.toMatchObject({ messageKey: 'courses_refused_certificate_replaced' });
	});
});

describe('the number of a certificate', () => {
	test('leads there however it is typed, and no other one does', async () => {
		const { code } = await certified(cast.sri);
		const typed = `${code.slice(0, 4)}-${code.slice(4)} `.toLowerCase();
		expect((await checkCertificate(app, { typed, device: 'HP' })).code).toBe(code);
		const other = (code[0] === '0' ? '1' : '0') + code.slice(1);
		await expect(checkCertificate(app, { typed: other, device: 'HP' })).rejects.toMatchObject({
			code: 'not_found'
		});
	});

	test('is guessed twenty times a minute; a right one is always answered', async () => {
		const { code } = await certified(cast.sri);
		for (let n = 0; n < 20; n++) {
			await expect(
				checkCertificate(app, { typed: '0'.repeat(12), device: 'HP' })
			).rejects.toMatchObject({ code: 'not_found' });
		}
		const again = { typed: '0'.repeat(12), device: 'HP' };
		await expect(checkCertificate(app, again)).rejects.toMatchObject({ code: 'too_many' });
		expect((await checkCertificate(app, { ...again, typed: code })).code).toBe(code);
	});

	test('is guessed ten thousand times an hour by all together', async () => {
		const { code } = await certified(cast.sri);
		await missed(app, 'certificate numbers', 10_000);
		const wrong = { typed: '0'.repeat(12), device: 'HP' };
		await expect(checkCertificate(app, wrong)).rejects.toMatchObject({ code: 'too_many' });
		expect((await checkCertificate(app, { ...wrong, typed: code })).code).toBe(code);
	});
});

test('a test that was handed in late and is accepted after all completes the training', async () => {
	await attends(cast.sri);
	await openTest(app, course, cast.yusuf, { trainingId, phase: 'pre' });
	const pre = await startTest(app, course, cast.sri, { trainingId, phase: 'pre' });
	await handInTest(app, course, cast.sri, pre);
	await openTest(app, course, cast.yusuf, { trainingId, phase: 'post' });
	const post = await startTest(app, course, cast.sri, { trainingId, phase: 'post' });
	await closeTest(app, cast.yusuf, { trainingId, phase: 'post' });
	await expect(handInTest(app, course, cast.sri, post)).rejects.toMatchObject({ code: 'closed' });
	await openTest(app, course, cast.yusuf, { trainingId, phase: 'post' });
	expect(await app.db.read.$count(testAttempt, eq(testAttempt.late, true))).toBe(0);
	expect((await own(cast.sri)).complete).toBe(true);
});
