/** For tests: an empty portal whose clock is turned by hand, and Sri, who has an account in it. */
import { afterEach, beforeEach } from 'vitest';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import type { Actor } from '../actor.ts';
import type { CookieToSet } from './session-cookie.ts';
import { createAccount, signIn } from './accounts.ts';
import { signedInBy, startSession } from './sessions.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Sri's password. */
export const right = 'kuda biru di sawah';

class FrontDoor {
	app!: TestApp;
	now!: Date;

	async open(): Promise<void> {
		this.now = new Date('2026-05-18T02:00:00Z');
		this.app = await openTestApp({ now: () => this.now });
	}

	close(): Promise<void> {
		return this.app.close();
	}

	later(ms: number): void {
		this.now = new Date(this.now.getTime() + ms);
	}

	/** Sri's account; her user id. */
	async sri(): Promise<string> {
		const { userId } = await createAccount(this.app, {
			name: 'Sri',
			username: 'Sri.Rahayu',
			password: right,
			consents: ['account']
		});
		return userId;
	}

	attempt(
		password: string,
		device = 'hp-sri',
		username = 'sri.rahayu',
		address: string | null = null
	): Promise<{ userId: string; cookie: CookieToSet }> {
		const from = { device, address, userAgent: null };
		return signIn(this.app, { username, password, sharedPhone: false, ...from });
	}

	/** Sri with an account, and signed in. */
	async signedIn(
		kind: 'own_phone' | 'shared_phone' = 'own_phone'
	): Promise<{ userId: string; token: string; actor: Actor }> {
		const userId = await this.sri();
		const { token } = await startSession(this.app, { userId, kind, userAgent: 'Chrome Android' });
		const found = await signedInBy(this.app, token);
		if (!found) throw new Error('the session just begun is not there');
		return { userId, token, actor: found.actor };
	}
}

/** Opened before each test of the file, closed after it. */
export function openFrontDoor(): FrontDoor {
	const door = new FrontDoor();
	beforeEach(() => door.open());
	afterEach(() => door.close());
	return door;
}
