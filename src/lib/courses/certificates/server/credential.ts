/**
 * A certificate as an Open Badge 3.0 (a verifiable credential, JSON-LD).
 *
 * It may be read by anybody who knows the number, so the name is not in it: only
 * a salted hash, with which somebody who is shown the name can make sure of it.
 */
import { createHash } from 'node:crypto';
import { formatDays, type CalendarDay } from '#lib/platform/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import { startOfDay } from '#lib/trainings/training.ts';
import type { Zone } from '#lib/platform/calendar.ts';
import type { Certified } from '../sheet.ts';

export const CONTEXTS = [
	'https://www.w3.org/ns/credentials/v2',
	'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
] as const;

interface Badge extends Certified {
	readonly salt: string;
}

/** Open Badges 3.0, IdentityObject: the hash of the plain text followed by the salt. */
export const identityHash = (name: string, salt: string): string =>
	`sha256$${createHash('sha256')
		.update(name + salt)
		.digest('hex')}`;

export function credentialOf(
	{ code, name, salt, issuedAt, contents }: Badge,
	{ origin, zone }: { readonly origin: string; readonly zone: Zone }
) {
	const say = { locale: 'id' } as const;
	const { title, place, region, sessions, totalJp } = contents;
	const first = contents.startsOn as CalendarDay; // kept as days of the training
	const last = contents.endsOn as CalendarDay;
	const attended = sessions.reduce((sum, { jp }) => sum + jp, 0);
	const address = `${origin}/sertifikat/${code}`;
	return {
		'@context': [...CONTEXTS],
		id: address,
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		name: title,
		issuer: {
			id: origin,
			type: ['Profile'],
			name: m.courses_badge_issuer({ region }, say),
			url: origin
		},
		validFrom: issuedAt.toISOString(),
		credentialSubject: {
			type: ['AchievementSubject'],
			identifier: [
				{
					type: 'IdentityObject',
					identityType: 'name',
					hashed: true,
					identityHash: identityHash(name, salt),
					salt
				}
			],
			activityStartDate: startOfDay(zone, first).toISOString(),
			activityEndDate: startOfDay(zone, last).toISOString(),
			creditsEarned: attended,
			achievement: {
				id: `${address}#pelatihan`,
				type: ['Achievement'],
				achievementType: 'CertificateOfCompletion',
				inLanguage: 'id',
				name: title,
				description: m.courses_badge_description(
					{ title, place, days: formatDays(first, last, 'id') },
					say
				),
				criteria: { narrative: m.courses_badge_criteria({ attended, total: totalJp }, say) },
				creditsAvailable: totalJp
			}
		}
	};
}
