import { printCertificate } from '#lib/courses/certificates/server/printing.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { sheetFor } from '../../sheet.server.ts';
import type { RequestHandler } from './$types';

/** The PDF, in the language of the address. One that was revoked is not given out any more. */
export const GET: RequestHandler = async (event) => {
	const { sheet, certificate } = await sheetFor(event);
	if (certificate.revokedAt) throw new Refusal('closed', 'courses_refused_certificate_taken');
	const pdf = await printCertificate(sheet);
	const name = `sertifikat-${certificate.code}-${event.locals.locale}.pdf`;
	return new Response(pdf as Uint8Array<ArrayBuffer>, {
		headers: {
			'content-type': 'application/pdf',
			'content-length': String(pdf.byteLength),
			'content-disposition': `attachment; filename="${name}"`
		}
	});
};
