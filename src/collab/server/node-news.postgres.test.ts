/** What nodes tell each other besides text: rights, people, documents that become others. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	asStep2,
	asUpdate,
	isSaved,
	openPhone,
	openRaw,
	openSync,
	proxied,
	until,
	type Phone
} from './harness.ts';
import { acknowledged } from './stage.harness.ts';
import { deafen, openNodes } from './nodes.harness.ts';

const nodes = openNodes();

describe('rights', () => {
	const revokeFor = (...ids: string[]) => {
		for (const { rights } of nodes.all) for (const id of ids) rights.set(id, null);
	};

	test('[NODE6] a right that is taken on one node ends the sockets of all', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		revokeFor('wati');
		await nodes.satu.sync.readmit({ userId: 'wati' });
		await until(() => wati.connection.now.reason === 'right');
		expect(isSaved(sri)).toBe(true);
	});

	test('[NODE6] also when the listener is cut at that moment', async () => {
		const [, wati] = await nodes.pairOfPhones();
		revokeFor('wati');
		const cut = nodes.cutListeners();
		await nodes.satu.sync.readmit({ sessionId: 'wati' });
		await cut;
		await until(() => wati.connection.now.reason === 'right');
	});

	test('[ADM5] what still waits for the log is not stored when its author has lost the right', async () => {
		const { documents, now, log, bus } = nodes.satu.app;
		let gate: PromiseWithResolvers<null> | null = null;
		let waiting = 0;
		const standings: typeof documents.standings = async (ids) => {
			if (gate) waiting++;
			await gate?.promise;
			return documents.standings(ids);
		};
		const slow = await openSync({ documents: { ...documents, standings }, now, log, bus });
		const budi = await openRaw(slow.url, 'budi');
		budi.send(...asStep2(Uint8Array.of(0, 0)));
		await until(() => acknowledged(budi) === 1);
		gate = Promise.withResolvers<null>();
		const doc = new Y.Doc();
		doc.getText('title').insert(0, 'menunggu');
		budi.send(...asUpdate(Y.encodeStateAsUpdate(doc)));
		await until(() => waiting === 1);
		slow.rights.set('budi', null);
		await slow.sync.readmit({ userId: 'budi' });
		expect(await budi.closed).toMatchObject({ reason: 'right' });
		gate.resolve(null);
		const sri = openPhone(slow.url, 'sri');
		nodes.phones.push(sri);
		sri.text.insert(0, 'halo');
		await until(() => isSaved(sri));
		expect(await nodes.storedTitle()).toBe('halo');
		await slow.close();
	});
});

describe('presence', () => {
	const sees = ({ connection }: Phone, id: string) =>
		connection.now.people.find((person) => person.id === id);

	test('[PRS5] people of another node are seen, in their field, until they leave', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		wati.connection.setField('row-1.title');
		await until(() => sees(sri, 'wati')?.field === 'row-1.title');
		expect(sees(sri, 'wati')).toMatchObject({ name: 'WATI' });
		wati.connection.destroy();
		await until(() => sees(sri, 'wati') === undefined);
	});

	test('[PRS5] who opens a document on a second node learns who is in it on the first', async () => {
		const sri = nodes.phoneAt(nodes.satu, 'sri');
		await until(() => isSaved(sri));
		sri.connection.setField('row-1.need');
		const wati = nodes.phoneAt(nodes.dua, 'wati');
		await until(() => sees(wati, 'sri')?.field === 'row-1.need');
	});

	test('[PRS6] a number shown on one node is taken by nobody on another', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		await until(() => sees(sri, 'wati') !== undefined);
		const forged = new Y.Doc();
		forged.clientID = wati.doc.clientID;
		forged.getText('title').insert(0, 'palsu');
		const budi = await openRaw(nodes.satu.url, 'budi');
		budi.send(...asUpdate(Y.encodeStateAsUpdate(forged)));
		expect(await budi.closed).toMatchObject({ reason: 'client_of_somebody_else' });
		wati.text.insert(0, 'milik Wati');
		await until(() => isSaved(wati) && sri.text.toString() === 'milik Wati');
	});

	test('[PRS5] a phone that changes nodes is here once, and stays', async () => {
		const sri = nodes.phoneAt(nodes.satu, 'sri');
		let node = nodes.dua;
		const { Socket, cut } = proxied('wati', () => node.url);
		const wati = openPhone('ws://proxy/sync', 'wati', new Y.Doc(), Socket);
		nodes.phones.push(wati);
		await until(() => isSaved(sri) && isSaved(wati));
		wati.connection.setField('row-1.title');
		await until(() => sees(sri, 'wati')?.field === 'row-1.title');
		node = nodes.satu;
		cut();
		await until(() => nodes.satu.sync.counts().sockets === 2 && isSaved(wati));
		wati.connection.setField('row-2.title');
		await until(() => sees(sri, 'wati')?.field === 'row-2.title');
		const late = nodes.phoneAt(nodes.dua, 'ani');
		await until(() => sees(late, 'wati')?.field === 'row-2.title');
		expect(sri.connection.now.people.filter(({ id }) => id === 'wati')).toHaveLength(1);
	});
});

describe('a document that becomes another one', () => {
	const rebuildTo = (text: string) => {
		const fresh = new Y.Doc();
		fresh.getText('title').insert(0, text);
		return nodes.satu.app.db.write((tx) =>
			nodes.satu.app.documents.rebuild(tx, {
				documentId: 'plan-1',
				epoch: 1,
				update: Y.encodeStateAsUpdate(fresh)
			})
		);
	};

	test('[EPO2] sends everybody away on all nodes, and an old copy is refused everywhere', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		wati.text.insert(0, 'nama orang');
		await until(() => isSaved(wati) && sri.text.toString() === 'nama orang');
		await rebuildTo('tanpa nama');
		await nodes.satu.sync.replaced('plan-1');
		await until(() => sri.connection.now.reason === 'rebuilt');
		await until(() => wati.connection.now.reason === 'rebuilt');
		expect(await nodes.storedTitle()).toBe('tanpa nama');
	});

	test('[EPO1] not even a node that has not heard of it can store what was before', async () => {
		const deaf = await nodes.start();
		const ani = nodes.phoneAt(deaf, 'ani');
		await until(() => isSaved(ani));
		await deafen(deaf);
		await rebuildTo('tanpa nama');
		ani.text.insert(0, 'nama orang');
		await until(() => ani.connection.now.reason === 'rebuilt');
		expect(await nodes.storedTitle()).toBe('tanpa nama');
	});

	/** A phone on a node that hears nothing, and looks at the log now and then. */
	async function phoneAtDeafNode(): Promise<Phone> {
		const deaf = await nodes.start({ catchUpMs: 50 });
		const ani = nodes.phoneAt(deaf, 'ani');
		await until(() => isSaved(ani));
		await deafen(deaf);
		return ani;
	}

	test('[EPO2] a shape that has risen without news sends away pages that are too old', async () => {
		const ani = await phoneAtDeafNode();
		const { db, documents } = nodes.satu.app;
		await db.write((tx) => documents.raiseSchema(tx, 'plan-1', 2));
		await until(() => ani.connection.now.reason === 'old');
	});

	test('[EPO2] a document that is gone sends everybody away for good', async () => {
		const ani = await phoneAtDeafNode();
		await nodes.satu.app.db.write(async (tx) => {
			for (const table of ['document_update', 'document_author', 'document_snapshot']) {
				await tx.rows(sql.raw(`delete from ${table} where document_id = 'plan-1'`));
			}
			await tx.rows(sql.raw(`delete from document where id = 'plan-1'`));
		});
		await until(() => ani.connection.now.reason === 'right');
	});
});
