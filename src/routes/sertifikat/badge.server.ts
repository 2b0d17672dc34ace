import type { RequestEvent } from '@sveltejs/kit';
import { checkCertificate } from '#lib/courses/certificates/server/certificates.ts';
import { credentialOf } from '#lib/courses/certificates/server/credential.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { zoneOfTraining } from '#lib/trainings/server/trainings.ts';
import { siteOf } from '../site.ts';

type Event = Pick<RequestEvent<{ kode: string }>, 'locals' | 'params' | 'url'>;

/** The Open Badge behind the number of this address; one that was revoked has none. */
export async function badgeAt({ locals, params, url }: Event) {
	const { app, device } = locals;
	const found = await checkCertificate(app, { typed: params.kode, device });
	if (found.revokedAt) throw new Refusal('not_found', 'courses_refused_no_certificate');
	const origin = siteOf(app, url);
	const zone = await zoneOfTraining(app.db.read, found.trainingId);
	return { code: found.code, credential: credentialOf(found, { origin, zone }) };
}

export const asFile = (type: string, name: string) => ({
	'content-type': type,
	'content-disposition': `attachment; filename="${name}"`,
	'x-robots-tag': 'noindex'
});
