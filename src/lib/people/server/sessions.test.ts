import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { session, user } from '#lib/platform/server/db/schema/index.ts';
import { grantRole } from './grants.ts';
import { dropExpiredSessions, endOwnSession, endSessions, sessionsOf } from './session-list.ts';
import { signedInBy, startSession, whoseSessionRanOut } from './sessions.ts';
import { DAY, HOUR, MINUTE, openFrontDoor } from './front-door.harness.ts';

const door = openFrontDoor();

describe('a session', () => {
	test('on one’s own phone lasts a week unused and a month at most', async () => {
		const { token } = await door.signedIn();
		for (let day = 0; day < 28; day += 4) {
			door.later(4 * DAY);
			expect(await signedInBy(door.app, token)).not.toBeNull();
		}
		door.later(3 * DAY);
		expect(await signedInBy(door.app, token)).toBeNull();
	});

	test('ends when a week has passed without use', async () => {
		const { token } = await door.signedIn();
		door.later(8 * DAY);
		expect(await signedInBy(door.app, token)).toBeNull();
	});

	test('on a shared phone ends with the browser and after half an hour', async () => {
		const userId = await door.sri();
		const { token, cookie } = await startSession(door.app, {
			userId,
			kind: 'shared_phone',
			userAgent: null
		});
		expect(cookie.attributes.maxAge).toBeUndefined();
		door.later(31 * MINUTE);
		expect(await signedInBy(door.app, token)).toBeNull();
	});

	test('of staff is shorter, whatever phone it is', async () => {
		const userId = await door.sri();
		await door.app.db.write((tx) =>
			grantRole(tx, {
				userId,
				role: 'officer',
				scope: { kind: 'nation' },
				grantedBy: null,
				at: door.now
			})
		);
		const { token } = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		door.later(13 * HOUR);
		expect(await signedInBy(door.app, token)).toBeNull();
	});

	test('is listed and can be ended, but not by somebody else', async () => {
		const { userId, actor } = await door.signedIn();
		const other = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		expect(await sessionsOf(door.app, actor)).toHaveLength(2);
		const [strange] = (await sessionsOf(door.app, actor)).filter((held) => !held.current);
		await endOwnSession(door.app, { ...actor, userId: 'somebody' }, strange?.id ?? '');
		expect(await signedInBy(door.app, other.token)).not.toBeNull();
		const ended: string[] = [];
		door.app.events.on('session.ended', ({ sessionId }) => ended.push(sessionId));
		await endSessions(door.app, userId, actor.sessionId);
		expect(ended).toEqual([strange?.id]);
		expect(await signedInBy(door.app, other.token)).toBeNull();
	});

	test('that ran out says for a day whose it was; one that somebody ended does not', async () => {
		const { userId, token } = await door.signedIn('shared_phone');
		expect(await whoseSessionRanOut(door.app, token)).toBeNull();
		door.later(31 * MINUTE);
		expect(await signedInBy(door.app, token)).toBeNull();
		expect(await whoseSessionRanOut(door.app, token)).toBe(userId);
		await dropExpiredSessions(door.app);
		expect(await whoseSessionRanOut(door.app, token)).toBe(userId);
		door.later(DAY);
		expect(await whoseSessionRanOut(door.app, token)).toBeNull();
		await dropExpiredSessions(door.app);
		expect(await door.app.db.read.select().from(session)).toEqual([]);

		const other = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		await endSessions(door.app, userId);
		expect(await whoseSessionRanOut(door.app, other.token)).toBeNull();
		expect(await whoseSessionRanOut(door.app, undefined)).toBeNull();
	});

	test('of a disabled account is over', async () => {
		const { userId, token } = await door.signedIn();
		await door.app.db.write(async (tx) => {
			await tx.update(user).set({ disabledAt: door.now }).where(eq(user.id, userId));
		});
		const other = await startSession(door.app, { userId, kind: 'own_phone', userAgent: null });
		expect(await signedInBy(door.app, token)).toBeNull();
		door.later(7 * DAY + HOUR);
		expect(await whoseSessionRanOut(door.app, other.token)).toBeNull();
	});
});
