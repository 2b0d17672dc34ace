import type { ResultFileName } from '#lib/courses/tests/server/result-files.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { link } from '../../../../links.ts';

export const resultsPath = (trainingId: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/tes/unduh`, locale);

export const resultFilePath = (trainingId: string, name: ResultFileName, locale: Locale) =>
	`${resultsPath(trainingId, locale)}/${name}`;
