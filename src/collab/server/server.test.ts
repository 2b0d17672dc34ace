import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { closeCode, messageType, syncStep } from '../codes.ts';
import { asStep2, asUpdate, isSaved, openStockPhone, storedDocument, until } from './harness.ts';
import { acknowledged, openStage, typed } from './stage.harness.ts';

const stage = openStage();

describe('two phones in one plan', () => {
	test('[ORD1] see each other, and both are told when it is on disk', async () => {
		const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		sri.text.insert(0, 'Pojok baca');
		expect(isSaved(sri) && sri.connection.now.savedAt === null).toBe(false);
		await until(() => wati.text.toString() === 'Pojok baca');
		expect(await stage.storedTitle()).toBe('Pojok baca');
		await until(() => isSaved(sri));
		wati.text.insert(10, ' di balai desa');
		await until(() => isSaved(wati) && sri.text.toString() === 'Pojok baca di balai desa');
	});

	test('[WIRE1] a stock y-websocket client takes part unchanged', async () => {
		const budi = openStockPhone(stage.server.url, 'budi');
		stage.ends.push(() => budi.destroy());
		const sri = stage.phoneOf('sri');
		await until(() => budi.synced && isSaved(sri));
		budi.doc.getText('title').insert(0, 'dari Budi');
		await until(() => sri.text.toString() === 'dari Budi');
		sri.text.insert(0, 'Sri, ');
		await until(() => budi.doc.getText('title').toString() === 'Sri, dari Budi');
	});

	test('[CLI2] an offline hour is merged, and typing before the first sync is no gap', async () => {
		const doc = new Y.Doc();
		doc.getText('title').insert(0, 'ditulis di jalan');
		const sri = stage.phoneOf('sri', doc);
		expect(sri.connection.now.state).not.toBe('saved');
		const raw = await stage.rawOf('sri');
		const updates: Uint8Array[] = [];
		const offline = new Y.Doc();
		offline.clientID = 4711;
		offline.on('update', (update: Uint8Array) => updates.push(update));
		offline.getText('risk').insert(0, 'listrik');
		offline.getText('risk').insert(7, ' padam');
		raw.send(...asUpdate(updates[1] ?? new Uint8Array())); // rests on what is not there yet
		raw.send(...asStep2(Y.encodeStateAsUpdate(offline)));
		await until(() => acknowledged(raw) === 2);
		await until(() => isSaved(sri));
		const stored = await storedDocument(stage.app, 'plan-1');
		expect(stored.getText('risk').toString()).toBe('listrik padam');
		expect(stored.getText('title').toString()).toBe('ditulis di jalan');
	});

	test('[ORD3] a long document is compacted and a newcomer still gets all of it', async () => {
		await stage.restartWith({ compactAfterUpdates: 30, windowMs: 1 });
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		for (let n = 0; n < 120; n++) {
			sri.text.insert(sri.text.length, `${n} `);
			if (n % 10 === 0) await until(() => isSaved(sri));
		}
		await until(() => isSaved(sri));
		await until(async () => ((await stage.app.documents.read('plan-1'))?.snapshotSeq ?? 0) > 0);
		const wati = stage.phoneOf('wati');
		await until(() => isSaved(wati));
		expect(wati.text.toString()).toBe(sri.text.toString());
		expect(await stage.storedTitle()).toBe(sri.text.toString());
	});

	test('[ROOM1] a document nobody has open is put away, and opens again whole', async () => {
		await stage.restartWith({ idleMs: 40 });
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'tetap ada');
		await until(() => isSaved(sri));
		sri.connection.destroy();
		await until(() => stage.server.sync.counts().documents === 0);
		const wati = stage.phoneOf('wati');
		await until(() => wati.text.toString() === 'tetap ada');
	});

	test('[ORD4] somebody else who wrote to the log meanwhile is heard by all', async () => {
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		const entry = { documentId: 'plan-1', update: typed('dipulihkan', 99), authors: [] };
		await stage.app.documents.append([entry], stage.app.now());
		sri.doc.getText('risk').insert(0, 'hujan');
		await until(() => sri.text.toString() === 'dipulihkan');
	});

	test('[WIRE5] a long document comes in parts to our page, whole to others, and is the same', async () => {
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'kalimat '.repeat(20_000));
		await until(() => isSaved(sri));
		const wati = stage.phoneOf('wati');
		const budi = openStockPhone(stage.server.url, 'budi');
		stage.ends.push(() => budi.destroy());
		await until(() => isSaved(wati) && budi.synced);
		expect(wati.text.toString()).toBe(sri.text.toString());
		expect(budi.doc.getText('title').toString()).toBe(sri.text.toString());
		const longest = async (query: string) => {
			const raw = await stage.rawOf('ani', query);
			raw.send(messageType.sync, syncStep.step1, 1, 0);
			const empty = Buffer.from([messageType.sync, syncStep.step2, 2, 0, 0]);
			await until(() => raw.frames.some((frame) => empty.equals(frame)));
			return Math.max(...raw.frames.map(({ length }) => length));
		};
		expect(await longest('?ack=1')).toBeGreaterThan(160_000);
		expect(await longest('?ack=1&parts=1')).toBeLessThan(33_000);
	});

	test('[CLI4] a paste larger than an update arrives all the same', async () => {
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'kalimat '.repeat(20_000));
		await until(() => isSaved(sri));
		expect((await stage.storedTitle()).length).toBe(160_000);
	});
});

describe('a commit that fails', () => {
	test('[ORD5] tells nobody, sends all away to come back, and loses nothing', async () => {
		const { append } = stage.app.documents;
		let broken = false;
		const documents = {
			...stage.app.documents,
			append: async (...args: Parameters<typeof append>) => {
				if (broken) throw new Error('disk full');
				return append(...args);
			}
		};
		const { now, log, bus } = stage.app;
		await stage.restartWith({}, { documents, now, log, bus });
		const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		broken = true;
		sri.text.insert(0, 'penting');
		await until(() => sri.connection.now.state === 'unstored');
		expect(wati.text.toString()).toBe('');
		sri.text.insert(7, ' sekali');
		broken = false;
		await until(() => isSaved(sri) && wati.text.toString() === 'penting sekali');
		expect(await stage.storedTitle()).toBe('penting sekali');
	});
});

describe('stopping', () => {
	test('[ROOM3] stores what was received and tells everybody to come back', async () => {
		await stage.restartWith({ windowMs: 500 });
		const raw = await stage.rawOf('sri');
		raw.send(...asUpdate(typed('satu', 1)));
		await until(() => acknowledged(raw) === 1);
		raw.send(...asUpdate(typed('dua', 2)));
		raw.socket.ping();
		await new Promise((resolve) => raw.socket.once('pong', resolve));
		await stage.server.sync.shutdown();
		expect(await raw.closed).toEqual({ code: closeCode.restart, reason: 'restart' });
		expect(acknowledged(raw)).toBe(2);
		expect((await stage.storedTitle()).length).toBe(7);
	});

	test('[ROOM3] a phone that does not answer is cut: nobody waits for it', async () => {
		const budi = await stage.rawOf('budi');
		budi.socket.pause();
		await stage.server.sync.shutdown();
		await until(() => stage.server.sync.counts().sockets === 0);
	});
});
