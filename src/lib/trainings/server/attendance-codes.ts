/** The code on the screen: an HMAC of the minute, so that nobody can tell the next one. */
import { createHmac, randomBytes } from 'node:crypto';
import { STEP_MS, endOf, isOpen, stepAt } from '../attendance.ts';
import { CODE_ALPHABET } from '../training.ts';

const LETTERS = 6;
/** The largest multiple of 31 in a byte: bytes above it would favour the first letters. */
const FAIR_BYTES = 248;

export const newSecret = (): string => randomBytes(16).toString('base64url');

/** The code of a minute. 32 bytes give six fair letters in all but one of 10^20 cases. */
export function codeAt(secret: string, step: number): string {
	const digest = createHmac('sha256', secret).update(String(step)).digest();
	const fair = [...digest].filter((byte) => byte < FAIR_BYTES).slice(0, LETTERS);
	return fair.map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]).join('');
}

interface KnownWindow {
	readonly secret: string;
	readonly openedAt: Date;
	readonly closedAt: Date | null;
}

export interface Proof<W> {
	readonly window: W;
	/** The minute in which the code stood on the screen. */
	readonly step: number;
	/** Whether it still counts as on the screen. */
	readonly fresh: boolean;
}

/** Where and when a code stood on the screen, up to `now`; null: it never did. */
export function proofOf<W extends KnownWindow>(
	windows: readonly W[],
	code: string,
	now: Date
): Proof<W> | null {
	const current = stepAt(now);
	for (const window of windows) {
		if (!isOpen(window, now)) continue;
		for (const step of [current, current - 1]) {
			const shown = step >= stepAt(window.openedAt);
			if (shown && codeAt(window.secret, step) === code) return { window, step, fresh: true };
		}
	}
	for (const window of windows) {
		const last = stepAt(new Date(Math.min(now.getTime(), endOf(window).getTime() - 1)));
		for (let step = stepAt(window.openedAt); step <= last; step++) {
			if (codeAt(window.secret, step) === code) return { window, step, fresh: false };
		}
	}
	return null;
}

/** Until when the code that is on the screen now stays there. */
export const nextCodeAt = (now: Date): Date => new Date((stepAt(now) + 1) * STEP_MS);
