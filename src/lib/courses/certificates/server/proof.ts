/**
 * The proof of a badge as Open Badges 3.0 has it (section 8.2, JSON Web Token):
 * the credential, signed with RS256. Whoever has the public key can check it
 * without asking us; whether it was revoked says the page alone.
 */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { credentialOf } from './credential.ts';

type Credential = ReturnType<typeof credentialOf>;

/** Where the public key stands; `kid` leads there. */
export const keyAddress = (origin: string): string => `${origin}/sertifikat/kunci`;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export function signedBadge(credential: Credential, key: KeyObject): string {
	const issuer = credential.issuer.id;
	const header = { alg: 'RS256', kid: keyAddress(issuer), typ: 'JWT' };
	const payload = {
		...credential,
		iss: issuer,
		jti: credential.id,
		nbf: Math.floor(new Date(credential.validFrom).getTime() / 1_000)
	};
	const content = `${encoded(header)}.${encoded(payload)}`;
	return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

/** What a verifier needs: the public half alone. */
export function publicJwk(key: KeyObject) {
	return { ...createPublicKey(key).export({ format: 'jwk' }), alg: 'RS256', use: 'sig' };
}
