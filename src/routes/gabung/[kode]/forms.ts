/** What the join form sends, and what it means. */
import * as v from 'valibot';
import { checkbox, line, optionalLine, secret } from '#lib/platform/form.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { ConsentPurpose } from '#lib/people/consents.ts';
import type { HomePlace } from '#lib/trainings/server/joining.ts';

const home = {
	village: optionalLine(20),
	/** For a village that is not in our list: the place it lies in, and its name. */
	region: optionalLine(20),
	village_name: optionalLine(100),
	library: optionalLine(120)
};

export const againForm = v.strictObject(home);

export const newcomerForm = v.strictObject({
	...home,
	name: line(120),
	username: v.pipe(v.string(), v.maxLength(80)),
	password: secret,
	shared: checkbox,
	consent_account: checkbox,
	consent_contact: checkbox
});

type TypedHome = v.InferOutput<typeof againForm>;

/** A typed village name counts before the list: whoever wrote one did not find theirs. */
export function placeOf({ village, region, village_name }: TypedHome): HomePlace {
	if (village_name && region) return { regionCode: region, villageName: village_name };
	if (village && !village_name) return { villageCode: village };
	throw new Refusal('invalid', 'trainings_refused_village_missing');
}

export function consentsOf(
	typed: Pick<v.InferOutput<typeof newcomerForm>, 'consent_account' | 'consent_contact'>
): ConsentPurpose[] {
	const account: ConsentPurpose[] = typed.consent_account ? ['account'] : [];
	return typed.consent_contact ? [...account, 'contact'] : account;
}
