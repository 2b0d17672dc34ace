import type { RequestEvent } from '@sveltejs/kit';
import { findCertificate } from '#lib/courses/certificates/server/certificates.ts';
import { sheetOf } from '#lib/courses/certificates/sheet.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { siteOf } from '../../../site.ts';
import { signedIn } from '../../signed-in.ts';

type Event = Pick<RequestEvent<{ id: string; kode: string }>, 'locals' | 'params' | 'url'>;

/** The certificate of this address, in the language of the page. */
export async function sheetFor({ locals, params, url }: Event) {
	const { app, locale } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const certificate = await findCertificate(app.db.read, actor, params.kode);
	if (certificate.trainingId !== training.id) {
		throw new Refusal('not_found', 'courses_refused_no_certificate');
	}
	const origin = siteOf(app, url);
	return {
		training,
		certificate,
		sheet: sheetOf(certificate, { origin, zone: training.zone, locale })
	};
}
