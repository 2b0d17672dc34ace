import readXlsxFile from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import type { CalendarDay, Locale } from '#lib/platform/calendar.ts';
import { readCsv } from '#lib/platform/csv.ts';
import { auditEntry } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { anOfficer, aTraining, type Cast } from '../../../../tests/people.ts';
import { addSlot } from './agenda.ts';
import { correctAttendance, enterAttendance, enterFromPaper } from './attendance.ts';
import {
	attendanceFiles,
	takeAttendanceFile,
	type AttendanceFileName
} from './attendance-files.ts';
import { openAttendance, screenOf } from './attendance-windows.ts';

/** Friday 22 May 2026, 10.00 WIB: the last day of the training. */
const NOW = new Date('2026-05-22T03:00:00Z');

let app: TestApp;
let cast: Cast;
let first: string;

beforeEach(async () => {
	app = await openTestApp({ now: () => NOW });
	cast = await aTraining(app);
	first = await slot('09:45', '11:15', 'Advokasi');
	await slot('13:00', '14:30', '=HYPERLINK("http://x")');
});
afterEach(() => app.close());

async function slot(startsAt: string, endsAt: string, title: string): Promise<string> {
	const onDay = '2026-05-22' as CalendarDay;
	const terms = { onDay, startsAt, endsAt, title, moduleSlug: null };
	return (await addSlot(app, cast.ani, cast.training.id, terms)).id;
}

/** Sri by the code, Budi from paper and then set right. */
async function attend(): Promise<void> {
	const which = { trainingId: cast.training.id, slotId: first };
	await openAttendance(app, cast.yusuf, which);
	const { now: shown } = await screenOf(app, cast.yusuf, which);
	await enterAttendance(app, cast.sri, shown?.code ?? '');
	await enterFromPaper(app, cast.yusuf, { ...which, userIds: [cast.budi.userId] });
	const correction = { userId: cast.budi.userId, present: false, reason: '=Titip absen' };
	await correctAttendance(app, cast.yusuf, { ...which, ...correction });
}

const taking = (language: Locale = 'id') => ({ trainingId: cast.training.id, language });
const take = async (name: AttendanceFileName, who: Actor = cast.yusuf, language: Locale = 'id') =>
	(await takeAttendanceFile(app, who, { ...taking(language), name })).content;
const csvRows = async (...from: Parameters<typeof take>) =>
	readCsv((await take(...from)).toString())?.map(({ cells }) => cells) ?? [];

describe('the attendance of a training', () => {
	test('is read again from the workbook: sessions and hours of each person, hours as numbers', async () => {
		await attend();
		const [hours, entries] = await readXlsxFile(await take('kehadiran.xlsx'));
		expect([hours?.sheet, entries?.sheet]).toEqual(['Rekap JP', 'Rincian per sesi']);
		expect(hours?.data[0]).toEqual([
			'Tim desa',
			'Nama',
			'Perpustakaan',
			'22 Mei 2026 09.45–11.15 Advokasi',
			'22 Mei 2026 13.00–14.30 =HYPERLINK("http://x")',
			'JP dihadiri',
			'JP seluruhnya'
		]);
		const of = (name: string) => hours?.data.find((row) => row[1] === name)?.slice(3);
		expect(of('Sri')).toEqual(['Hadir', 'Belum tercatat', 2, 4]);
		expect(of('Budi')).toEqual(['Tidak hadir', 'Belum tercatat', 0, 4]);
		expect(entries?.data).toHaveLength(1 + 2 * ((hours?.data.length ?? 0) - 1));
	});

	test('is the same as comma-separated values, each entry with how it came about', async () => {
		await attend();
		const [heading, ...rows] = await csvRows('kehadiran.csv');
		expect(heading).toEqual([
			'Tanggal',
			'Waktu (WIB)',
			'Sesi',
			'JP',
			'Tim desa',
			'Nama',
			'Perpustakaan',
			'Kehadiran',
			'Cara dicatat',
			'Dicatat pada',
			'Dimasukkan oleh',
			'Alasan perbaikan'
		]);
		const of = (name: string) => {
			const row = rows.find((each) => each[2] === 'Advokasi' && each[5] === name) ?? [];
			return [...row.slice(0, 4), ...row.slice(7)];
		};
		const session = ['2026-05-22', '09.45–11.15', 'Advokasi', '2'];
		const at = '22 Mei 2026 pukul 10.00 WIB';
		expect(of('Sri')).toEqual([...session, 'Hadir', 'Kode di layar', at, '', '']);
		expect(of('Budi')).toEqual([
			...session,
			'Tidak hadir',
			'Diperbaiki',
			at,
			cast.yusuf.name,
			'=Titip absen'
		]);
	});

	test('runs no title and no reason as a formula', async () => {
		await attend();
		const csv = (await take('kehadiran.csv')).toString();
		expect(csv).toContain('HYPERLINK');
		expect(csv).toContain('Titip absen');
		expect(csv).not.toMatch(/(^|,)"?=/m);
	});

	test('speaks English to who reads English', async () => {
		const [heading] = await csvRows('kehadiran.csv', cast.ani, 'en');
		expect(heading?.slice(4, 8)).toEqual(['Village team', 'Name', 'Library', 'Attendance']);
	});

	test('is for those who follow the training alone, and taking it stands in the audit log', async () => {
		await take('kehadiran.csv', cast.ani);
		await expect(take('kehadiran.csv', cast.sri)).rejects.toMatchObject({ code: 'forbidden' });
		await expect(take('kehadiran.csv', cast.bambang)).rejects.toMatchObject({ code: 'forbidden' });
		const elsewhere = await anOfficer(app, 'Rina', '16');
		await expect(attendanceFiles(app, elsewhere, taking())).rejects.toMatchObject({
			code: 'not_found'
		});
		const unknown = { ...taking(), name: 'daftar.pdf' };
		await expect(takeAttendanceFile(app, cast.yusuf, unknown)).rejects.toMatchObject({
			code: 'not_found'
		});
		const deeds = await app.db.read.select().from(auditEntry);
		expect(deeds.filter(({ action }) => action.startsWith('attendance.taken'))).toEqual([
			expect.objectContaining({
				actorId: cast.ani.userId,
				action: 'attendance.taken.kehadiran.csv',
				object: `training:${cast.training.id}`
			})
		]);
	});
});
