/** The form for the code of attendance, and where it leads. */
import * as v from 'valibot';
import type { Locale } from '#lib/platform/calendar.ts';
import { link } from '../links.ts';

export const attendanceForm = v.strictObject({ kode: v.pipe(v.string(), v.maxLength(40)) });

/** Says that somebody is entered in a session. */
export const enteredPath = (slotId: string, locale: Locale) =>
	link(`/hadir?sesi=${slotId}`, locale);
