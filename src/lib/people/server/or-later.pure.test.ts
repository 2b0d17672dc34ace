import { expect, test } from 'vitest';
import { Refusal } from '#lib/platform/refusal.ts';
import { orLater } from './or-later.ts';

test('what cannot be written now is left out, and a bug is not', async () => {
	const full = new Refusal('unavailable', 'platform_refused_storage');
	await expect(orLater(() => Promise.reject(full))).resolves.toBeUndefined();
	await expect(orLater(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
	const closed = new Refusal('closed', 'platform_refused_storage');
	await expect(orLater(() => Promise.reject(closed))).rejects.toBe(closed);
});
