/**
 * Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's floor; 15–34 ms here),
 * kept as a PHC string. A few at a time, so that a room of 40 signing in at once
 * costs time and not memory.
 */
import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Refusal } from '#lib/platform/refusal.ts';
import { PASSWORD_MAX, PASSWORD_MIN, isTooCommon } from '../password-rules.ts';

const argon2 = promisify(argon2Callback);

const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const AT_ONCE = 4;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
	running++;
	try {
		return await work();
	} finally {
		running--;
		waiting.shift()?.();
	}
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Normalised once (NFKC), so that the same keys on two phones give the same password. */
function message(password: string): string {
	return password.normalize('NFKC');
}

export async function hashPassword(password: string): Promise<string> {
	const nonce = randomBytes(16);
	const { memory, passes, parallelism } = PARAMETERS;
	const tag = await inTurn(() =>
		argon2('argon2id', { message: message(password), nonce, ...PARAMETERS })
	);
	return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** A hash nobody's password has: verifying against it costs what a known name costs. */
const nobody = hashPassword(randomBytes(16).toString('hex'));

/** Takes the same time whether or not there is anything to compare with. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
	const parts = PHC.exec(stored ?? (await nobody));
	if (!parts) return false;
	const [, memory, passes, parallelism, nonce = '', tag = ''] = parts;
	const expected = Buffer.from(tag, 'base64');
	const actual = await inTurn(() =>
		argon2('argon2id', {
			message: message(password),
			nonce: Buffer.from(nonce, 'base64'),
			memory: Number(memory),
			passes: Number(passes),
			parallelism: Number(parallelism),
			tagLength: expected.length
		})
	);
	return timingSafeEqual(actual, expected) && stored !== null;
}

/** True when the parameters have risen since it was stored: hash again at the next sign-in. */
export function isOutdated(stored: string): boolean {
	const parts = PHC.exec(stored);
	return !parts || Number(parts[1]) < PARAMETERS.memory || Number(parts[2]) < PARAMETERS.passes;
}

/** Refuses with `invalid` when it is too short, too long, or one that everybody tries first. */
export function refuseWeakPassword(password: string, username: string): void {
	const length = [...password].length;
	if (length < PASSWORD_MIN) throw new Refusal('invalid', 'people_refused_password_short');
	if (length > PASSWORD_MAX) throw new Refusal('invalid', 'people_refused_password_long');
	if (isTooCommon(password, username)) {
		throw new Refusal('invalid', 'people_refused_password_common');
	}
}
