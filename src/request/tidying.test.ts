import { expect, test } from 'vitest';
import {
	noteOperation,
	operationReceipt,
	session,
	signInFailure,
	user
} from '#lib/platform/server/db/schema/index.ts';
import { openTestApp } from '../../tests/open-app.ts';
import { tidyFromNowOn } from './tidying.server.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

test('what is older than anybody needs it is gone soon after the start, and what is young stays', async () => {
	const app = await openTestApp();
	const now = app.now();
	await app.db.write(async (tx) => {
		await tx.insert(user).values({ id: 'sri', username: 'sri', name: 'Sri', createdAt: now });
		for (const [name, at] of [
			['old', new Date(now.getTime() - YEAR_MS)],
			['young', new Date(now.getTime() + 1_000)]
		] as const) {
			const times = { expiresAt: at, endsAt: at, createdAt: at, seenAt: at };
			const device = { kind: 'own_phone' as const, device: '' };
			await tx.insert(session).values({ id: name, userId: 'sri', ...device, ...times });
			await tx.insert(signInFailure).values({ key: name, failures: 1, firstAt: at, waitUntil: at });
			await tx.insert(noteOperation).values({ userId: 'sri', operation: name, revision: 1, at });
			const sent = { outbox: 'o', seq: 1, subject: 's', kind: 'note.save', result: {} };
			await tx
				.insert(operationReceipt)
				.values({ userId: 'sri', operationId: name, ...sent, receivedAt: at });
		}
	});
	await tidyFromNowOn(app);
	const { read } = app.db;
	const left = [
		...(await read.select({ name: session.id }).from(session)),
		...(await read.select({ name: signInFailure.key }).from(signInFailure)),
		...(await read.select({ name: noteOperation.operation }).from(noteOperation)),
		...(await read.select({ name: operationReceipt.operationId }).from(operationReceipt))
	];
	expect(left.map(({ name }) => name)).toEqual(Array(4).fill('young'));
	await app.close();
});
