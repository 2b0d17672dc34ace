import { publicJwk } from '#lib/courses/certificates/server/proof.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { RequestHandler } from './$types';

/** The public key with which signed badges are checked. */
export const GET: RequestHandler = ({ locals }) => {
	const { certificateKey } = locals.app.settings;
	if (!certificateKey) throw new Refusal('not_found', 'platform_refused_not_found');
	return Response.json(publicJwk(certificateKey), {
		headers: { 'content-type': 'application/jwk+json' }
	});
};
