import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openTestDb, type TestDb } from '../../../../tests/open-db.ts';
import { openDb } from './db/index.ts';
import { document } from './db/schema/documents.ts';
import { openDocumentLog, type DocumentLog, type Entry } from './documents.ts';

const at = new Date('2026-05-22T03:00:00Z');
const bytes = (n: number) => new Uint8Array([n, 0, 255]);
const by = (userId: string, clientId: number) => [{ userId, clientId }];
const entry = (documentId: string, n: number, authors: Entry['authors'] = []): Entry => ({
	documentId,
	update: bytes(n),
	authors
});

/** What the server writes into a new plan. */
function seed(): { update: Uint8Array; clientId: number } {
	const doc = new Y.Doc();
	doc.getMap('plan').set('title', 'Rencana kerja');
	return { update: Y.encodeStateAsUpdate(doc), clientId: doc.clientID };
}

let database: TestDb;
let log: DocumentLog;
beforeEach(async () => {
	database = await openTestDb();
	log = openDocumentLog(database.db, () => at);
	for (const id of ['plan:1', 'plan:2']) await seedAs(id);
});
afterEach(() => database.drop());

const seedAs = (id: string, { update } = seed()) =>
	database.db.write((tx) => log.create(tx, { id, kind: 'plan', schemaNumber: 1, update }));
const since = async (id: string, seq: number) => (await log.readSince(id, seq))?.updates ?? [];
const seqs = (updates: { seq: number }[]) => updates.map(({ seq }) => seq);

describe('document log', () => {
	test('[LOG1] seeds a document once, under client numbers of the server', async () => {
		const { update, clientId } = seed();
		expect(await seedAs('plan:3', { update, clientId })).toBe(true);
		expect(await seedAs('plan:3')).toBe(false);
		expect(await log.read('plan:3')).toEqual({
			id: 'plan:3',
			kind: 'plan',
			epoch: 1,
			schemaNumber: 1,
			head: 1,
			snapshot: null,
			snapshotSeq: 0,
			outline: null,
			updates: [{ seq: 1, update }],
			authors: new Map([[clientId, null]])
		});
	});

	test('[LOG1] seeds once, even from two requests at the same time', async () => {
		const both = await Promise.all([seedAs('plan:3'), seedAs('plan:3')]);
		expect(both.sort()).toEqual([false, true]);
	});

	test('[LOG2] numbers updates per document, from 1', async () => {
		expect(await log.append([entry('plan:1', 1)], at)).toEqual(new Map([['plan:1', 2]]));
		expect(await log.append([entry('plan:2', 1)], at)).toEqual(new Map([['plan:2', 2]]));
		const many = [entry('plan:2', 2), entry('plan:1', 2), entry('plan:2', 3)];
		const heads = await log.append(many, at);
		expect(heads.get('plan:1')).toBe(3);
		expect(heads.get('plan:2')).toBe(4);
		const stored = await log.read('plan:2');
		expect(stored?.head).toBe(4);
		expect(stored?.updates.slice(1).map(({ update }) => update)).toEqual([1, 2, 3].map(bytes));
	});

	test('[LOG2] leaves no gaps when many batches arrive at once', async () => {
		const batches = Array.from({ length: 30 }, (_, n) =>
			n % 2 ? [entry('plan:1', n), entry('plan:2', n)] : [entry('plan:2', n), entry('plan:1', n)]
		);
		const heads = await Promise.all(batches.map((batch) => log.append(batch, at)));
		const expected = Array.from({ length: 30 }, (_, n) => n + 2);
		expect(heads.map((head) => head.get('plan:1') ?? 0).sort((a, b) => a - b)).toEqual(expected);
		expect(seqs(await since('plan:1', 1))).toEqual(expected);
		expect(seqs(await since('plan:2', 1))).toEqual(expected);
	});

	test('[LOG3] keeps nothing of a batch with a document that does not exist', async () => {
		const batch = [entry('plan:1', 1), entry('plan:9', 1)];
		await expect(log.append(batch, at)).rejects.toMatchObject({
			code: 'not_found',
			details: { documentId: 'plan:9' }
		});
		expect((await log.read('plan:1'))?.head).toBe(1);
		expect(await log.read('plan:9')).toBeNull();
	});

	test('[LOG3] has nothing to do for an empty batch', async () => {
		expect(await log.append([], at)).toEqual(new Map());
	});

	test('[LOG4] a client number belongs to the first who writes under it', async () => {
		await log.append([entry('plan:1', 1, by('sri', 7))], at);
		await log.append([entry('plan:1', 2, by('sri', 7))], at);
		const stolen = log.append([entry('plan:2', 3), entry('plan:1', 3, by('budi', 7))], at);
		await expect(stolen).rejects.toMatchObject({
			code: 'forbidden',
			details: { documentId: 'plan:1', clientId: 7 }
		});
		expect((await log.read('plan:1'))?.authors.get(7)).toBe('sri');
		expect((await log.read('plan:2'))?.head).toBe(1);
	});

	test('[LOG4] the same number in another document is another number', async () => {
		await log.append([entry('plan:1', 1, by('sri', 7)), entry('plan:2', 1, by('budi', 7))], at);
		expect((await log.read('plan:2'))?.authors.get(7)).toBe('budi');
	});

	test('[LOG4] two people cannot claim one number, in one batch or at the same time', async () => {
		const batch = [entry('plan:1', 1, by('sri', 8)), entry('plan:1', 2, by('budi', 8))];
		await expect(log.append(batch, at)).rejects.toMatchObject({ code: 'forbidden' });
		const race = await Promise.allSettled([
			log.append([entry('plan:1', 1, by('sri', 9))], at),
			log.append([entry('plan:1', 2, by('budi', 9))], at)
		]);
		expect(race.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test('[LOG4] nobody writes under a number of the server', async () => {
		const { update, clientId } = seed();
		await seedAs('plan:3', { update, clientId });
		const forged = log.append([entry('plan:3', 1, by('sri', clientId))], at);
		await expect(forged).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('[LOG4] client numbers of 32 bits come back as they went', async () => {
		const clientId = 2 ** 32 - 1;
		await log.append([entry('plan:1', 1, by('sri', clientId))], at);
		expect((await log.read('plan:1'))?.authors.get(clientId)).toBe('sri');
	});

	test('[LOG5] a snapshot takes the place of what it holds', async () => {
		await log.append(
			[1, 2, 3].map((n) => entry('plan:1', n)),
			at
		);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 3 });
		const stored = await log.read('plan:1');
		expect(stored).toMatchObject({ head: 4, snapshot: bytes(99), snapshotSeq: 3 });
		expect(seqs(stored?.updates ?? [])).toEqual([4]);
		expect((await log.append([entry('plan:1', 5)], at)).get('plan:1')).toBe(5);
	});

	test('[LOG5] an outline comes back with its own snapshot, and not with another', async () => {
		await log.append([entry('plan:1', 1), entry('plan:1', 2)], at);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(98), upTo: 2, outline: bytes(1) });
		expect(await log.read('plan:1')).toMatchObject({ snapshot: bytes(98), outline: bytes(1) });
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 3 });
		expect(await log.read('plan:1')).toMatchObject({ snapshot: bytes(99), outline: null });
	});

	test('[LOG5] who asks for updates that were compacted away gets the snapshot first', async () => {
		await log.append(
			[1, 2, 3].map((n) => entry('plan:1', n)),
			at
		);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 3 });
		const caughtUp = await since('plan:1', 1);
		expect(caughtUp[0]).toEqual({ seq: 3, update: bytes(99) });
		expect(seqs(caughtUp)).toEqual([3, 4]);
		expect(seqs(await since('plan:1', 3))).toEqual([4]);
		expect(await since('plan:1', 4)).toEqual([]);
	});

	test('[LOG5] numbers go on after everything was compacted', async () => {
		await log.append([entry('plan:1', 1)], at);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 2 });
		expect((await log.append([entry('plan:1', 2)], at)).get('plan:1')).toBe(3);
	});

	test('[LOG5] an older compaction does not undo a newer one', async () => {
		await log.append(
			[1, 2, 3].map((n) => entry('plan:1', n)),
			at
		);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(4), upTo: 4 });
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(2), upTo: 2 });
		expect(await log.read('plan:1')).toMatchObject({ snapshot: bytes(4), snapshotSeq: 4 });
	});

	test('[LOG5] a snapshot from the future is thrown out', async () => {
		await expect(
			log.compact('plan:1', { epoch: 1, snapshot: bytes(9), upTo: 9 })
		).rejects.toThrow();
		expect(await log.read('plan:1')).toMatchObject({ snapshot: null, snapshotSeq: 0 });
	});

	test('[LOG5] whoever reads during compaction sees a whole document', async () => {
		for (let round = 0; round < 10; round++) {
			const head = (await log.append([entry('plan:1', round)], at)).get('plan:1') ?? 0;
			const [stored] = await Promise.all([
				log.read('plan:1'),
				log.compact('plan:1', { epoch: 1, snapshot: bytes(round), upTo: head })
			]);
			const { snapshotSeq, updates } = stored ?? { snapshotSeq: 0, updates: [] };
			expect(snapshotSeq + updates.length).toBe(head);
		}
	});

	test('[LOG8] a frozen document takes nothing until it is opened again', async () => {
		await log.append([entry('plan:1', 1)], at);
		const frozen = await database.db.write((tx) => log.freeze(tx, 'plan:1'));
		expect(seqs(frozen.updates)).toEqual([1, 2]);
		const both = [entry('plan:2', 1), entry('plan:1', 2)];
		await expect(log.append(both, at)).rejects.toMatchObject({
			code: 'closed',
			details: { documentId: 'plan:1' }
		});
		expect(await log.read('plan:1')).toEqual(frozen);
		expect(seqs(await since('plan:2', 1))).toEqual([]);
		await database.db.write((tx) => log.thaw(tx, 'plan:1'));
		expect(await log.append([entry('plan:1', 2)], at)).toEqual(new Map([['plan:1', 3]]));
		const gone = database.db.write((tx) => log.freeze(tx, 'plan:9'));
		await expect(gone).rejects.toMatchObject({ code: 'not_found' });
	});

	test('[LOG8] what is acknowledged while a document is being frozen is in it', async () => {
		const updates = Array.from({ length: 20 }, (_, n) => log.append([entry('plan:1', n)], at));
		const frozen = database.db.write((tx) => log.freeze(tx, 'plan:1'));
		const late = Array.from({ length: 20 }, (_, n) => log.append([entry('plan:1', 20 + n)], at));
		const heads = await Promise.allSettled([...updates, ...late]);
		const acknowledged = heads.flatMap((head) =>
			head.status === 'fulfilled' ? [head.value.get('plan:1') ?? 0] : []
		);
		expect(seqs((await frozen).updates).slice(1)).toEqual(acknowledged.sort((a, b) => a - b));
		expect(await log.read('plan:1')).toEqual(await frozen);
	});

	test('[LOG7] a rebuilt document is new content under the next epoch, and nothing of before', async () => {
		const { update, clientId } = seed();
		await log.append([entry('plan:1', 1, by('sri', 7)), entry('plan:1', 2)], at);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 2 });
		const epoch = await database.db.write((tx) =>
			log.rebuild(tx, { documentId: 'plan:1', epoch: 1, update })
		);
		expect(epoch).toBe(2);
		expect(await log.read('plan:1')).toMatchObject({
			...{ epoch: 2, schemaNumber: 1, head: 4, snapshot: null, snapshotSeq: 0 },
			updates: [{ seq: 4, update }],
			authors: new Map([[clientId, null]])
		});
		expect(await log.readSince('plan:1', 3)).toMatchObject({ epoch: 2, updates: [{ seq: 4 }] });
	});

	test('[LOG7] what rests on an older epoch is stored neither as an update nor as a snapshot', async () => {
		const { update } = seed();
		await database.db.write((tx) => log.rebuild(tx, { documentId: 'plan:1', epoch: 1, update }));
		const old = [entry('plan:2', 1), { ...entry('plan:1', 5), epoch: 1 }];
		await expect(log.append(old, at)).rejects.toMatchObject({
			code: 'closed',
			details: { documentId: 'plan:1' }
		});
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 2 });
		expect(await log.read('plan:1')).toMatchObject({ head: 2, snapshot: null });
		expect((await log.read('plan:2'))?.head).toBe(1);
		const now = await log.append([{ ...entry('plan:1', 6), epoch: 2 }], at);
		expect(now.get('plan:1')).toBe(3);
	});

	test('[LOG7] of two rebuildings from the same epoch one is refused', async () => {
		const rebuild = () =>
			database.db.write((tx) =>
				log.rebuild(tx, { documentId: 'plan:1', epoch: 1, update: seed().update })
			);
		const both = await Promise.allSettled([rebuild(), rebuild()]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await log.read('plan:1'))?.epoch).toBe(2);
	});

	test('says how far several documents have come, and is silent about what does not exist', async () => {
		await log.append([entry('plan:2', 1)], at);
		await database.db.write((tx) => log.raiseSchema(tx, 'plan:1', 3));
		await database.db.write((tx) => log.raiseSchema(tx, 'plan:1', 2)); // never falls
		expect(await log.standings(['plan:1', 'plan:2', 'plan:9'])).toEqual(
			new Map([
				['plan:1', { head: 1, epoch: 1, schemaNumber: 3 }],
				['plan:2', { head: 2, epoch: 1, schemaNumber: 1 }]
			])
		);
		expect(await log.standings([])).toEqual(new Map());
		expect(await log.readSince('plan:9', 0)).toBeNull();
	});

	test('announces once, after the commit, that a document is another one now', async () => {
		const heard: string[] = [];
		const telling = openDocumentLog(
			database.db,
			() => at,
			(name, { documentId }) => heard.push(`${name} ${documentId}`)
		);
		const { update } = seed();
		await database.db.write(async (tx) => {
			await telling.rebuild(tx, { documentId: 'plan:1', epoch: 1, update });
			expect(heard).toEqual([]);
		});
		await database.db.write((tx) => telling.raiseSchema(tx, 'plan:2', 2));
		await database.db.write((tx) => telling.raiseSchema(tx, 'plan:2', 2));
		expect(heard).toEqual(['document.replaced plan:1', 'document.replaced plan:2']);
	});

	test('shares a transaction with whatever makes the document', async () => {
		const failed = database.db.write(async (tx) => {
			await log.create(tx, { id: 'plan:3', kind: 'plan', schemaNumber: 1, update: seed().update });
			throw new Error('the plan itself could not be made');
		});
		await expect(failed).rejects.toThrow('could not be made');
		expect(await log.read('plan:3')).toBeNull();
	});

	test('a removed document takes its log along', async () => {
		await log.append([entry('plan:1', 1, by('sri', 7))], at);
		await log.compact('plan:1', { epoch: 1, snapshot: bytes(99), upTo: 1 });
		await database.db.write((tx) => tx.delete(document));
		const left = await database.db.read.rows<{ n: number }>(
			sql`select (select count(*) from document_update) + (select count(*) from document_author)
				+ (select count(*) from document_snapshot) as n`
		);
		expect(left[0]?.n).toBe(0);
	});

	test('two phones meet again through the log', async () => {
		const phone = new Y.Doc();
		const other = new Y.Doc();
		const sent: Uint8Array[] = [];
		phone.on('update', (update: Uint8Array) => sent.push(update));
		phone.getText('why').insert(0, 'Warga belum mengenal ');
		phone.getText('why').insert(21, 'perpustakaan');
		const authors = by('sri', phone.clientID);
		await log.append(
			sent.map((update) => ({ documentId: 'plan:1', update, authors })),
			at
		);
		for (const { update } of await since('plan:1', 0)) Y.applyUpdate(other, update);
		expect(other.getText('why').toString()).toBe('Warga belum mengenal perpustakaan');
	});

	test('[LOG6] is there for whoever opens the database next, though nobody closed it', async () => {
		await log.append([entry('plan:1', 1, by('sri', 7))], at);
		const after = await openDb(database.url, { lock: false });
		const stored = await openDocumentLog(after).read('plan:1');
		expect(stored?.head).toBe(2);
		expect(stored?.authors.get(7)).toBe('sri');
		await after.close();
	});
});
