import { printCertificate } from '#lib/courses/certificates/server/printing.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { attachment } from '../../../../../attachment.ts';
import { sheetFor } from '../../sheet.server.ts';
import type { RequestHandler } from './$types';

/** The PDF, in the language of the address. One that was revoked is not given out any more. */
export const GET: RequestHandler = async (event) => {
	const { sheet, certificate } = await sheetFor(event);
	if (certificate.revokedAt) throw new Refusal('closed', 'courses_refused_certificate_taken');
	const name = `sertifikat-${certificate.code}-${event.locals.locale}.pdf`;
	return attachment({ name, mediaType: 'application/pdf', content: await printCertificate(sheet) });
};
