import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { certificateAccess } from '#lib/courses/certificates/access.ts';
import { showNumber } from '#lib/courses/certificates/number.ts';
import {
	reissueCertificate,
	revokeCertificate
} from '#lib/courses/certificates/server/certificates.ts';
import { printCertificate } from '#lib/courses/certificates/server/printing.ts';
import { dayIn, formatDay } from '#lib/platform/calendar.ts';
import { line, readForm } from '#lib/platform/form.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { orBackToForm } from '../../../../refusals.ts';
import { signedIn } from '../../../signed-in.ts';
import { certificatePath, certificatesPath } from '../paths.ts';
import { sheetFor } from '../sheet.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { app, locale } = event.locals;
	const { sheet, certificate, training } = await sheetFor(event);
	const pdf = await printCertificate(sheet);
	const place = { trainingId: training.id, regionCode: training.regionCode };
	const path = certificatePath(training.id, certificate.code, locale);
	const mayManage = certificateAccess.can(signedIn(event.locals), 'manage', place);
	return {
		sheet,
		number: showNumber(certificate.code),
		revoked: certificate.revokedAt && {
			day: formatDay(dayIn(training.zone, certificate.revokedAt), locale),
			reason: certificate.revokedReason ?? ''
		},
		replaces: certificate.replaces && showNumber(certificate.replaces),
		size: fileSize(pdf.byteLength, locale),
		paths: {
			all: certificatesPath(training.id, locale),
			download: `${path}/unduh`,
			badge: `/sertifikat/${certificate.code}/kredensial${app.settings.certificateKey ? '.jwt' : ''}`,
			check: `/sertifikat/${certificate.code}`
		},
		mayManage
	};
};

type Event = RequestEvent<{ id: string; kode: string }>;

const reasonForm = v.strictObject({ alasan: line(200) });

export const actions: Actions = {
	cabut: (event: Event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { alasan: reason } = readForm(reasonForm, form);
			const { id, kode: code } = event.params;
			await revokeCertificate(app, signedIn(event.locals), { code, reason });
			redirect(303, certificatePath(id, code, locale));
		}),
	ulang: (event: Event) =>
		orBackToForm(event, async (form) => {
			const { app, locale } = event.locals;
			const { alasan: reason } = readForm(reasonForm, form);
			const revoking = { code: event.params.kode, reason };
			const { code } = await reissueCertificate(app, signedIn(event.locals), revoking);
			redirect(303, certificatePath(event.params.id, code, locale));
		})
};
