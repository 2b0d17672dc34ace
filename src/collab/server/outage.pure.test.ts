import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refusal } from '#lib/platform/refusal.ts';
import { Outage } from './outage.ts';
import { Room } from './room.ts';

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => void vi.useRealTimers());

/** Which document it is is all that matters here. */
const someRoom = () => Object.create(Room.prototype) as Room;

test('[ORD8] what is kept is offered after 0.1 s, then after twice as long each time, 2 s at most', async () => {
	const offeredAt = [performance.now()];
	const batch = { room: someRoom(), queue: [], sinceMs: 0 };
	const outage: Outage = new Outage({
		...{ log: () => {}, metrics: undefined },
		offer: async (batches) => {
			offeredAt.push(performance.now());
			for (const again of batches) outage.keep(again);
		}
	});
	outage.keep(batch);
	await vi.advanceTimersByTimeAsync(10_000);
	const waits = offeredAt.slice(1).map((at, n) => Math.round(at - (offeredAt[n] ?? 0)));
	expect(waits).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 2000]);
	outage.release(batch.room);
	outage.keep(batch);
	await vi.advanceTimersByTimeAsync(100);
	expect(offeredAt).toHaveLength(10);
	outage.close();
});

test('[ORD8] it is said once that the storage refuses, and once that it is back', () => {
	const logged: string[] = [];
	const outage = new Outage({
		...{ log: (_level, event) => void logged.push(event), metrics: undefined },
		offer: async () => {}
	});
	const batches = [someRoom(), someRoom()].map((room) => ({ room, queue: [], sinceMs: 0 }));
	const refusal = new Refusal('unavailable', 'platform_refused_storage');
	for (let times = 0; times < 2; times++) {
		const news = batches.map((batch) => {
			outage.keep(batch);
			return outage.refused(refusal);
		});
		expect(news).toEqual([true, false]);
		for (const { room } of batches) outage.release(room);
	}
	const once = ['storage_refused', 'storage_returned'];
	expect(logged).toEqual([...once, ...once]);
	outage.close();
});
