/** What a person agreed to, when, and in which wording; kept as proof also after it was withdrawn. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { App } from '#lib/platform/server/app.ts';
import { consent } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '../actor.ts';
import { CONSENT_VERSION, type ConsentPurpose } from '../consents.ts';

export interface GivenConsent {
	readonly purpose: ConsentPurpose;
	readonly version: number;
	readonly givenAt: Date;
	readonly withdrawnAt: Date | null;
}

export async function consentsOf(app: App, actor: Actor): Promise<GivenConsent[]> {
	return app.db.read
		.select({
			purpose: consent.purpose,
			version: consent.version,
			givenAt: consent.givenAt,
			withdrawnAt: consent.withdrawnAt
		})
		.from(consent)
		.where(eq(consent.userId, actor.userId))
		.orderBy(asc(consent.purpose), asc(consent.version));
}

/** Agrees to the present wording (again). */
export async function giveConsent(app: App, actor: Actor, purpose: ConsentPurpose): Promise<void> {
	const given = { givenAt: app.now(), withdrawnAt: null };
	const key = { userId: actor.userId, purpose, version: CONSENT_VERSION[purpose] };
	await app.db.write(async (tx) => {
		await tx
			.insert(consent)
			.values({ ...key, ...given })
			.onConflictDoUpdate({
				target: [consent.userId, consent.purpose, consent.version],
				set: given
			});
	});
}

export async function withdrawConsent(
	app: App,
	actor: Actor,
	purpose: ConsentPurpose
): Promise<void> {
	await app.db.write(async (tx) => {
		await tx
			.update(consent)
			.set({ withdrawnAt: app.now() })
			.where(
				and(
					eq(consent.userId, actor.userId),
					eq(consent.purpose, purpose),
					isNull(consent.withdrawnAt)
				)
			);
	});
}
