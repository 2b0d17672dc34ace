import { signedBadge } from '#lib/courses/certificates/server/proof.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { asFile, badgeAt } from '../../badge.server.ts';
import type { RequestHandler } from './$types';

/** The same, signed; where the office has given no key there is none. */
export const GET: RequestHandler = async (event) => {
	const { certificateKey } = event.locals.app.settings;
	const { code, credential } = await badgeAt(event);
	if (!certificateKey) throw new Refusal('not_found', 'platform_refused_not_found');
	return new Response(signedBadge(credential, certificateKey), {
		headers: asFile('application/vc+jwt', `sertifikat-${code}.jwt`)
	});
};
