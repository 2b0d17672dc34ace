import type { Locale } from '#lib/platform/calendar.ts';
import type { AttendanceFileName } from '#lib/trainings/server/attendance-files.ts';
import { link } from '../../../links.ts';

export const attendancePath = (trainingId: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/kehadiran`, locale);

export const slotPath = (trainingId: string, slotId: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/kehadiran/${slotId}`, locale);

export const attendanceFilePath = (trainingId: string, name: AttendanceFileName, locale: Locale) =>
	`${attendancePath(trainingId, locale)}/unduh/${name}`;

/** For the projector. */
export const screenPath = (trainingId: string, slotId: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/kehadiran/${slotId}/layar`, locale);
