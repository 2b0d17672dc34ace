/** What only a connection can go through: it is cut, idle or in the middle; the server is away. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDb, type TestDb } from '../../../../../tests/open-db.ts';
import { openDocumentLog } from '../documents.ts';
import { openDb, type Db, type Tx } from './index.ts';
import { region } from './schema/index.ts';
import { layWire, type Wire } from './testing/wire.ts';

const at = new Date('2026-05-22T03:00:00Z');
const add = async (tx: Tx, code: string) => {
	await tx.insert(region).values({ code, name: code, kind: 'village' });
};

describe('a connection to PostgreSQL', () => {
	let database: TestDb;
	let wire: Wire;
	let db: Db;
	const codes = async () =>
		(await database.db.read.select().from(region).orderBy(region.code)).map(({ code }) => code);

	beforeEach(async () => {
		database = await openTestDb();
		wire = await layWire(database.url);
		db = await openDb(wire.url);
	});
	afterEach(async () => {
		await db.close();
		await wire.close();
		await database.drop();
	});

	test('that is cut while idle is replaced', async () => {
		await db.read.$count(region);
		wire.cut();
		wire.mend();
		expect(await db.read.$count(region)).toBe(0);
		await db.write((tx) => add(tx, '1'));
		expect(await codes()).toEqual(['1']);
	});

	test('that is cut in the middle of a write costs a second attempt, not a second row', async () => {
		let attempts = 0;
		await db.write(async (tx) => {
			attempts++;
			await add(tx, '1');
			if (attempts === 1) wire.cut();
			wire.mend();
			await add(tx, '2');
		});
		expect(attempts).toBe(2);
		expect(await codes()).toEqual(['1', '2']);
	});

	test('may be away for a while: reading and writing wait for it', async () => {
		await db.read.$count(region);
		wire.cut();
		const waiting = Promise.all([
			db.read.$count(region),
			db.write((tx) => add(tx, '1')),
			db.snapshot((read) => read.$count(region))
		]);
		setTimeout(wire.mend, 500);
		await waiting;
		expect(await codes()).toEqual(['1']);
	});

	test('that breaks during a commit is not taken for a success or a failure', async () => {
		wire.loseNextAnswerToCommit();
		let attempts = 0;
		const unanswered = db.write(async (tx) => {
			attempts++;
			await add(tx, '1');
		});
		await expect(unanswered).rejects.toMatchObject({ code: 'unavailable' });
		expect(attempts).toBe(1);
	});

	test('that breaks during a commit of the document log costs a duplicate, never an update', async () => {
		const log = openDocumentLog(db);
		const plan = { id: 'plan:1', kind: 'plan', schemaNumber: 1, update: new Uint8Array([0, 0]) };
		await db.write((tx) => log.create(tx, plan));
		wire.loseNextAnswerToCommit();
		const update = new Uint8Array([1, 2, 3]);
		const heads = await log.append([{ documentId: 'plan:1', update, authors: [] }], at);
		const stored = await log.read('plan:1');
		expect(stored?.head).toBe(heads.get('plan:1'));
		expect(stored?.updates.slice(1).every((kept) => kept.update.join() === '1,2,3')).toBe(true);
	});
});
