import { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { Compactor, TooMuch } from './compaction.ts';
import { Known } from './known.ts';
import { defaultLimits } from './limits.ts';
import { readOutline } from './outline.ts';
import { honestUpdates, phone, type Stroke } from './scribbling.ts';

/** `COLLAB_RUNS=1000` searches longer. */
const RUNS = Number(process.env.COLLAB_RUNS ?? 60);

const stroke: fc.Arbitrary<Stroke> = fc.record({
	who: fc.nat(2),
	what: fc.nat(8),
	where: fc.nat(40),
	much: fc.nat(40)
});
const strokes = fc.array(stroke, { maxLength: 60 });

const compactor = new Compactor();
compactor.hurry();
afterAll(() => compactor.close());

/** What is known of every single clock: equal when the guard decides the same. */
function everythingOf({ clocks, deleted, depths }: Known): unknown {
	return [...clocks]
		.sort(([a], [b]) => a - b)
		.map(([client, end]) => [
			client,
			Array.from({ length: end }, (_, clock) => [
				deleted.has(client, clock, clock + 1),
				depths.of({ client, clock })
			])
		]);
}

function walked(snapshot: Uint8Array): Known {
	const known = new Known();
	known.advanceStored(snapshot);
	return known;
}

describe('compaction', () => {
	test('[LIM9] pauses between two documents, unless the server is to end', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		// What reaches the thread is counted, not what it answers: that takes as long as the machine likes.
		const begun = vi.spyOn(Worker.prototype, 'postMessage');
		const own = new Compactor();
		const update = Uint8Array.of(0, 0);
		try {
			await own.compact([update]);
			const afterPause = own.compact([update]);
			await vi.advanceTimersByTimeAsync(49);
			expect(begun).toHaveBeenCalledTimes(1);
			await vi.advanceTimersByTimeAsync(1);
			expect(begun).toHaveBeenCalledTimes(2);
			await afterPause;
			own.hurry();
			await vi.advanceTimersByTimeAsync(50);
			await own.compact([update]);
			const atOnce = own.compact([update]);
			await vi.advanceTimersByTimeAsync(0);
			expect(begun).toHaveBeenCalledTimes(4);
			await atOnce;
		} finally {
			begun.mockRestore();
			vi.useRealTimers();
			await own.close();
		}
	});

	test('[ORD3] makes one update that holds what all of them held', async () => {
		await fc.assert(
			fc.asyncProperty(strokes, async (drawn) => {
				const { sent, docs } = honestUpdates(drawn);
				const { snapshot } = await compactor.compact(sent.map(({ update }) => update));
				const [first] = docs;
				const doc = new Y.Doc();
				Y.applyUpdate(doc, snapshot);
				expect(doc.getMap('rows').toJSON()).toEqual(first?.getMap('rows').toJSON());
				expect(doc.getXmlFragment('narrative').toString()).toBe(
					first?.getXmlFragment('narrative').toString()
				);
			}),
			{ numRuns: RUNS }
		);
	});

	test('[ROOM2] writes down what a walk over the snapshot finds', async () => {
		await fc.assert(
			fc.asyncProperty(strokes, async (drawn) => {
				const parts = honestUpdates(drawn).sent.map(({ update }) => update);
				const { snapshot, outline } = await compactor.compact(parts);
				const known = readOutline(outline);
				expect(known && everythingOf(known)).toEqual(everythingOf(walked(snapshot)));
			}),
			{ numRuns: RUNS }
		);
	});

	test('[ROOM2] knows how deep something hangs, also below what was deleted', async () => {
		const doc = phone(7);
		const list = (depth: number): Y.Array<unknown> => {
			const outer = new Y.Array<unknown>();
			if (depth > 0) outer.push([list(depth - 1)]);
			return outer;
		};
		doc.getArray('lists').push([list(5), list(3)]);
		doc.getArray('lists').delete(1, 1);
		const { snapshot, outline } = await compactor.compact([Y.encodeStateAsUpdate(doc)]);
		const known = readOutline(outline);
		expect(known && everythingOf(known)).toEqual(everythingOf(walked(snapshot)));
		expect(known?.depths.of({ client: 7, clock: 5 })).toBe(6);
	});

	test('[ROOM2] does not read an outline of another version, nor a broken one', async () => {
		const doc = phone(7);
		doc.getText('title').insert(0, 'rapat');
		const { outline } = await compactor.compact([Y.encodeStateAsUpdate(doc)]);
		expect(readOutline(outline)?.clock(7)).toBe(5);
		expect(readOutline(Uint8Array.of(99, ...outline.subarray(1)))).toBeNull();
		expect(readOutline(outline.subarray(0, -1))).toBeNull();
		expect(readOutline(Uint8Array.of(...outline, 0))).toBeNull();
	});

	test('[LIM9] a document that needs too much of the thread is left as it is, and the next one is done', async () => {
		const doc = phone(7);
		for (let n = 0; n < 2000; n++) doc.getArray('many').insert(0, [n]);
		const update = Y.encodeStateAsUpdate(doc);
		const small = new Compactor({ compactMostBytes: update.length - 1, compactMs: 30_000 });
		await expect(small.compact([update])).rejects.toThrow(TooMuch);
		await small.close();
		await expectTooSlow(update);
		const turns = [compactor.compact([update]), compactor.compact([Uint8Array.of(9, 9)])];
		const outcomes = await Promise.allSettled([...turns, compactor.compact([update])]);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	});

	/** Its time is over before the thread's answer can be read: no turn of ours lies between. */
	async function expectTooSlow(update: Uint8Array): Promise<void> {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const begun = vi.spyOn(Worker.prototype, 'postMessage');
		const hasty = new Compactor();
		try {
			const failed = expect(hasty.compact([update])).rejects.toThrow(TooMuch);
			await Promise.resolve();
			expect(begun).toHaveBeenCalledTimes(1);
			vi.advanceTimersByTime(defaultLimits.compactMs);
			await failed;
		} finally {
			begun.mockRestore();
			vi.useRealTimers();
			await hasty.close();
		}
	}

	test('[ORD3] refuses parts of which some are missing, and goes on afterwards', async () => {
		const doc = phone(7);
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		doc.getText('title').insert(0, 'rapat');
		doc.getText('title').insert(5, ' desa');
		await expect(compactor.compact(updates.slice(1))).rejects.toThrow('pending');
		await expect(compactor.compact([Uint8Array.of(9, 9)])).rejects.toThrow();
		expect((await compactor.compact(updates)).snapshot.length).toBeGreaterThan(0);
	});
});
