/** The attendance of a training as files to take along, for those who follow it; each that is taken stands in the audit log. */
import type { Actor } from '#lib/people/actor.ts';
import { takeFile, type TakenFile } from '#lib/people/server/taken-files.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import type { App } from '#lib/platform/server/app.ts';
import { csvFile, workbookFile, type FileToTake } from '#lib/platform/server/files.ts';
import { entriesSheet, hoursSheet, type AttendanceOfTraining } from '../attendance-sheets.ts';
import { slotsOf } from './agenda.ts';
import { correctionsIn, entriesIn } from './attendance-entries.ts';
import { findTrainingFor } from './attendance-windows.ts';
import { teamsOf } from './people.ts';

export type AttendanceFileName = 'kehadiran.xlsx' | 'kehadiran.csv';

export interface TakingAttendance {
	readonly trainingId: string;
	readonly language: Locale;
}

/**
 * Hours by person and every entry as a workbook; the entries alone as
 * comma-separated values. Refuses with `not_found` and `forbidden`, as the lists.
 */
export async function attendanceFiles(
	app: App,
	actor: Actor,
	{ trainingId, language }: TakingAttendance
): Promise<FileToTake<AttendanceFileName>[]> {
	const found = await attendanceOf(app, actor, trainingId);
	const entries = entriesSheet(found, language);
	return [
		workbookFile('kehadiran.xlsx', [hoursSheet(found, language), entries]),
		csvFile('kehadiran.csv', entries)
	];
}

/** One of them. Refuses likewise, and with `not_found` a file that there is not. */
export async function takeAttendanceFile(
	app: App,
	actor: Actor,
	{ name, ...taking }: TakingAttendance & { readonly name: string }
): Promise<TakenFile> {
	return takeFile(app, actor, await attendanceFiles(app, actor, taking), {
		name,
		action: 'attendance.taken',
		object: `training:${taking.trainingId}`,
		missing: 'trainings_refused_no_attendance_file'
	});
}

async function attendanceOf(
	app: App,
	actor: Actor,
	trainingId: string
): Promise<AttendanceOfTraining> {
	const { read } = app.db;
	const training = await findTrainingFor(read, actor, trainingId, 'follow');
	const slots = await slotsOf(read, trainingId);
	const ids = slots.map(({ id }) => id);
	const entries = await entriesIn(read, ids);
	const corrections = await correctionsIn(read, ids);
	const entriesOf = (userId: string) =>
		entries
			.filter((entry) => entry.userId === userId)
			.map(({ slotId, ...entry }) => {
				const made = corrections.filter((one) => one.slotId === slotId && one.userId === userId);
				return [slotId, { ...entry, correction: made.at(-1) ?? null }] as const;
			});
	const teams = await teamsOf(app, actor, trainingId);
	return {
		training,
		slots,
		people: teams.flatMap((team) =>
			team.members.map(({ userId, name, library }) => ({
				userId,
				name,
				library,
				team: team.name,
				entries: new Map(entriesOf(userId))
			}))
		)
	};
}
