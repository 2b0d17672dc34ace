import { asFile, badgeAt } from '../../badge.server.ts';
import type { RequestHandler } from './$types';

/** The Open Badge of a certificate as JSON-LD, unsigned. */
export const GET: RequestHandler = async (event) => {
	const { code, credential } = await badgeAt(event);
	return new Response(`${JSON.stringify(credential, null, '\t')}\n`, {
		headers: asFile('application/ld+json', `sertifikat-${code}.json`)
	});
};
