import type { Locale } from '#lib/platform/calendar.ts';
import { link } from '../../../links.ts';

export const certificatesPath = (trainingId: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/sertifikat`, locale);

export const certificatePath = (trainingId: string, code: string, locale: Locale) =>
	link(`/pelatihan/${trainingId}/sertifikat/${code}`, locale);
