/**
 * What people are asked to agree to. The texts stand in messages/; a change of
 * wording raises the version here, and whoever agreed to an older one keeps that.
 */
export const consentPurposes = ['account', 'contact'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const CONSENT_VERSION = { account: 1, contact: 1 } satisfies Record<ConsentPurpose, number>;
