/**
 * A form that was sent after its writer's session had run out. What was typed
 * travels sealed: in the page that asks for the password, and back with it. The
 * key is a cookie of this browser. The server stores nothing, neither half is of
 * use without the other, and only the person who wrote it gets it back: on a
 * shared phone somebody else may be the next to sign in.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as v from 'valibot';

const keptForm = v.strictObject({
	userId: v.string(),
	/** Where it was sent to: path and query. */
	address: v.string(),
	fields: v.array(v.tuple([v.string(), v.string()]))
});
export type KeptForm = v.InferOutput<typeof keptForm>;

/** A body larger than this does not come back through a form, in characters of all fields. */
const LONGEST = 200_000;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const asKey = (key: string) => Buffer.from(key, 'base64url');

export const newFormKey = () => randomBytes(32).toString('base64url');

export function isFormKey(key: string | undefined): key is string {
	return key !== undefined && /^[\w-]{43}$/.test(key);
}

/** Null when it is too long to travel. */
export function sealForm(form: KeptForm, key: string): string | null {
	const text = JSON.stringify(form);
	if (text.length > LONGEST) return null;
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, asKey(key), iv);
	const sealed = [cipher.update(text, 'utf8'), cipher.final()];
	return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
}

/** Null when it was sealed in another browser, by nobody, or changed on its way. */
export function openSealedForm(sealed: string, key: string): KeptForm | null {
	const bytes = Buffer.from(sealed, 'base64url');
	if (bytes.length < IV_BYTES + TAG_BYTES) return null;
	const decipher = createDecipheriv(CIPHER, asKey(key), bytes.subarray(0, IV_BYTES));
	decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
	try {
		const text = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
		return v.parse(keptForm, JSON.parse(Buffer.concat(text).toString('utf8')));
	} catch {
		return null;
	}
}
