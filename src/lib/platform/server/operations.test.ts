import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { aPerson } from '../../../../tests/people.ts';
import type { Operation } from '../operations.ts';
import { Refusal } from '../refusal.ts';
import { operationReceipt, searchDoc } from './db/schema/index.ts';
import { carryOut, dropOldReceipts } from './operations.ts';

let app: TestApp;
let clock: Date;
let sri: { readonly userId: string };

beforeEach(async () => {
	clock = new Date('2026-05-22T03:00:00Z');
	app = await openTestApp({ now: () => clock });
	sri = await aPerson(app, { name: 'Sri' });
});
afterEach(() => app.close());

const operation = (seq: number, subject = `s${seq}`): Operation => ({
	...{ id: `op${seq}`, outbox: 'phone', seq, kind: 'test', subject, fields: [] }
});

/** An effect that would be seen twice if it happened twice, through the tools a room is given. */
async function happen(
	{ id }: Operation,
	tools: TestApp | Parameters<Parameters<typeof carryOut>[3]>[0]
) {
	const had = await tools.db.read.select().from(searchDoc).where(eq(searchDoc.kind, id));
	const row = { ref: `${id} ${had.length}`, kind: id, at: clock, terms: '' };
	await tools.db.write((tx) => tx.insert(searchDoc).values(row));
	return { times: had.length + 1 };
}
const effects = async () =>
	(await app.db.read.select().from(searchDoc)).map(({ ref }) => ref).sort();
const send = (one: Operation) => carryOut(app, sri.userId, one, (inside) => happen(one, inside));

describe('an operation', () => {
	test('in any order, sent any number of times, at once or not, happens exactly once', async () => {
		let round = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 }),
				fc.integer({ min: 1, max: 5 }),
				async (seqs, together) => {
					const start = ++round * 1_000;
					const ids = seqs.map((seq) => start + seq);
					for (let from = 0; from < ids.length; from += together) {
						const batch = ids.slice(from, from + together);
						await Promise.all(batch.map((seq) => send(operation(seq))));
					}
					const expected = [...new Set(ids)].map((seq) => `op${seq} 0`).sort();
					const own = (await effects()).filter((ref) => ref.startsWith(`op${round}00`));
					expect(own).toEqual(expected);
				}
			),
			{ numRuns: 25 }
		);
	});

	test('that was cut off in the middle leaves nothing, and happens when it comes again', async () => {
		const cut = carryOut(app, sri.userId, operation(1), async (inside) => {
			await happen(operation(1), inside);
			throw new Error('the server was switched off');
		});
		await expect(cut).rejects.toThrow('switched off');
		expect(await effects()).toEqual([]);
		expect(await send(operation(1))).toEqual({ times: 1 });
		expect(await send(operation(1))).toEqual({ times: 1 });
		expect(await effects()).toEqual(['op1 0']);
	});

	test('that is refused may be tried again', async () => {
		const refuse = () => Promise.reject(new Refusal('closed', 'platform_refused'));
		await expect(carryOut(app, sri.userId, operation(1), refuse)).rejects.toBeInstanceOf(Refusal);
		expect(await send(operation(1))).toEqual({ times: 1 });
	});

	test('that a later one of the same queue has overtaken does nothing any more', async () => {
		await send(operation(2, 'note'));
		await send(operation(1, 'note'));
		expect(await effects()).toEqual(['op2 0']);
	});

	test('of somebody else with the same name is another one', async () => {
		const budi = await aPerson(app, { name: 'Budi' });
		await send(operation(1));
		await carryOut(app, budi.userId, operation(1), async () => ({ other: true }));
		expect(await send(operation(1))).toEqual({ times: 1 });
	});

	test('is not overtaken by one of somebody else whose queue has the same name', async () => {
		const budi = await aPerson(app, { name: 'Budi' });
		await carryOut(app, budi.userId, operation(9, 'note'), async () => ({ his: true }));
		expect(await send(operation(1, 'note'))).toEqual({ times: 1 });
		expect(await effects()).toEqual(['op1 0']);
	});

	test('tells its news once, and only when it stands', async () => {
		const heard: string[] = [];
		app.events.on('session.ended', ({ sessionId }) => heard.push(sessionId));
		const tell = () =>
			carryOut(app, sri.userId, operation(1), async (inside) => {
				inside.events.emit('session.ended', { sessionId: 'x' });
				expect(heard).toEqual([]);
				return {};
			});
		await tell();
		await tell();
		expect(heard).toEqual(['x']);
	});

	test('is ordered by its number, whatever the clocks say: a day back, a day on', async () => {
		await send(operation(2, 'note'));
		clock = new Date(clock.getTime() - 86_400_000);
		await send(operation(1, 'note'));
		clock = new Date(clock.getTime() + 2 * 86_400_000);
		await send(operation(3, 'note'));
		expect(await effects()).toEqual(['op2 0', 'op3 0']);
	});

	test('is forgotten half a year later', async () => {
		await send(operation(1));
		clock = new Date(clock.getTime() + 181 * 86_400_000);
		await dropOldReceipts(app);
		expect(await app.db.read.select().from(operationReceipt)).toEqual([]);
	});
});
