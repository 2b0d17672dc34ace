import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { closeCode, messageType } from '../codes.ts';
import {
	asStep2,
	asUpdate,
	isSaved,
	openPhone,
	openRaw,
	openStockPhone,
	openSync,
	ORIGIN,
	seedDocument,
	storedDocument,
	until,
	type Harness,
	type Phone,
	type RawPhone
} from './harness.ts';
import type { defaultLimits } from './limits.ts';

let app: TestApp;
let server: Harness;
const phones: Phone[] = [];
const ends: (() => void)[] = [];

beforeEach(async () => {
	app = await openTestApp();
	await seedDocument(app);
	server = await openSync(app);
});

afterEach(async () => {
	for (const { connection } of phones.splice(0)) connection.destroy();
	for (const end of ends.splice(0)) end();
	await server.close();
	await app.close();
});

function phoneOf(person: string, doc?: Y.Doc): Phone {
	const phone = openPhone(server.url, person, doc);
	phones.push(phone);
	return phone;
}

async function rawOf(person: string | null, query?: string): Promise<RawPhone> {
	const raw = await openRaw(server.url, person, query);
	ends.push(() => raw.socket.terminate());
	return raw;
}

async function restartWith(limits: Partial<typeof defaultLimits>): Promise<void> {
	await server.close();
	server = await openSync(app, limits);
}

function typed(text: string, clientId = 7): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	doc.getText('title').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

const storedTitle = async () => (await storedDocument(app, 'plan-1')).getText('title').toString();
const saidNotSaved = ({ frames }: RawPhone) =>
	frames.some(
		(frame) => frame[0] === messageType.notice && Buffer.from(frame).includes('not_saved')
	);
const acknowledged = ({ frames }: RawPhone) =>
	frames.filter((frame) => frame[0] === messageType.acknowledgement).at(-1)?.[1] ?? 0;

const expectClosed = async (raw: RawPhone, code: number, reason: string) =>
	expect(await raw.closed).toEqual({ code, reason });

describe('two phones in one plan', () => {
	test('[ORD1] see each other, and both are told when it is on disk', async () => {
		const [sri, wati] = [phoneOf('sri'), phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		sri.text.insert(0, 'Pojok baca');
		expect(isSaved(sri) && sri.connection.now.savedAt === null).toBe(false);
		await until(() => wati.text.toString() === 'Pojok baca');
		expect(await storedTitle()).toBe('Pojok baca');
		await until(() => isSaved(sri));
		wati.text.insert(10, ' di balai desa');
		await until(() => isSaved(wati) && sri.text.toString() === 'Pojok baca di balai desa');
	});

	test('[WIRE1] a stock y-websocket client takes part unchanged', async () => {
		const budi = openStockPhone(server.url, 'budi');
		ends.push(() => budi.destroy());
		const sri = phoneOf('sri');
		await until(() => budi.synced && isSaved(sri));
		budi.doc.getText('title').insert(0, 'dari Budi');
		await until(() => sri.text.toString() === 'dari Budi');
		sri.text.insert(0, 'Sri, ');
		await until(() => budi.doc.getText('title').toString() === 'Sri, dari Budi');
	});

	test('[CLI2] an offline hour is merged, and typing before the first sync is no gap', async () => {
		const doc = new Y.Doc();
		doc.getText('title').insert(0, 'ditulis di jalan');
		const sri = phoneOf('sri', doc);
		expect(sri.connection.now.state).not.toBe('saved');
		const raw = await rawOf('sri');
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
		const stored = await storedDocument(app, 'plan-1');
		expect(stored.getText('risk').toString()).toBe('listrik padam');
		expect(stored.getText('title').toString()).toBe('ditulis di jalan');
	});

	test('[ORD3] a long document is compacted and a newcomer still gets all of it', async () => {
		await restartWith({ compactAfterUpdates: 30, windowMs: 1 });
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		for (let n = 0; n < 120; n++) {
			sri.text.insert(sri.text.length, `${n} `);
			if (n % 10 === 0) await until(() => isSaved(sri));
		}
		await until(() => isSaved(sri));
		await until(async () => ((await app.documents.read('plan-1'))?.snapshotSeq ?? 0) > 0);
		const wati = phoneOf('wati');
		await until(() => isSaved(wati));
		expect(wati.text.toString()).toBe(sri.text.toString());
		expect(await storedTitle()).toBe(sri.text.toString());
	});

	test('[ROOM1] a document nobody has open is put away, and opens again whole', async () => {
		await restartWith({ idleMs: 40 });
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'tetap ada');
		await until(() => isSaved(sri));
		sri.connection.destroy();
		await until(() => server.sync.counts().documents === 0);
		const wati = phoneOf('wati');
		await until(() => wati.text.toString() === 'tetap ada');
	});

	test('[ORD4] somebody else who wrote to the log meanwhile is heard by all', async () => {
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		const entry = { documentId: 'plan-1', update: typed('dipulihkan', 99), authors: [] };
		await app.documents.append([entry], app.now());
		sri.doc.getText('risk').insert(0, 'hujan');
		await until(() => sri.text.toString() === 'dipulihkan');
	});

	test('[CLI4] a paste larger than an update arrives all the same', async () => {
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'kalimat '.repeat(20_000));
		await until(() => isSaved(sri));
		expect((await storedTitle()).length).toBe(160_000);
	});
});

describe('a commit that fails', () => {
	test('[ORD5] tells nobody, sends all away to come back, and loses nothing', async () => {
		const { append } = app.documents;
		let broken = false;
		const documents = {
			...app.documents,
			append: async (...args: Parameters<typeof append>) => {
				if (broken) throw new Error('disk full');
				return append(...args);
			}
		};
		await server.close();
		server = await openSync({ documents, now: app.now, log: app.log, bus: app.bus });
		const [sri, wati] = [phoneOf('sri'), phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		broken = true;
		sri.text.insert(0, 'penting');
		await until(() => sri.connection.now.state === 'offline');
		expect(wati.text.toString()).toBe('');
		sri.text.insert(7, ' sekali');
		broken = false;
		await until(() => isSaved(sri) && wati.text.toString() === 'penting sekali');
		expect(await storedTitle()).toBe('penting sekali');
	});
});

describe('the door', () => {
	const upgradeStatus = (origin: string | undefined) =>
		new Promise<number | undefined>((resolve, reject) => {
			const url = `${server.url.replace('ws:', 'http:')}/plan-1`;
			const key = Buffer.alloc(16, 1).toString('base64');
			const headers = {
				...{ connection: 'Upgrade', upgrade: 'websocket', cookie: 'sri' },
				...{ 'sec-websocket-version': '13', 'sec-websocket-key': key },
				...(origin && { origin })
			};
			const asked = request(url, { headers });
			asked.on('response', ({ statusCode }) => resolve(statusCode));
			asked.on('upgrade', ({ statusCode }, socket) => resolve((socket.destroy(), statusCode)));
			asked.on('error', reject);
			asked.end();
		});

	test('[ADM1] a page of somebody else, or of nobody, gets HTTP 403', async () => {
		expect(await upgradeStatus('http://jahat.test')).toBe(403);
		expect(await upgradeStatus(undefined)).toBe(403);
		expect(await upgradeStatus(ORIGIN)).toBe(101);
	});

	test('[ADM2] the reason of a refusal arrives after the handshake', async () => {
		expect(await (await rawOf(null)).closed).toMatchObject({ code: 4401, reason: 'sign_in' });
		server.rights.set('budi', null);
		expect(await (await rawOf('budi')).closed).toMatchObject({ code: 4403, reason: 'right' });
	});

	test('[ADM3] an unknown document is refused like a forbidden one', async () => {
		const elsewhere = `${server.url}/elsewhere`;
		const raw = await openRaw(elsewhere, 'sri');
		expect(await raw.closed).toMatchObject({ code: 4403, reason: 'no_such_document' });
	});

	test('[ADM4] a copy of an older epoch or a page of an older schema is refused', async () => {
		const old = await rawOf('sri', '?epoch=0');
		expect(await old.closed).toMatchObject({ code: 4409, reason: 'epoch' });
		const page = await rawOf('sri', '?epoch=1&schema=0');
		expect(await page.closed).toMatchObject({ code: 4409, reason: 'schema' });
		const nonsense = await rawOf('sri', '?epoch=x');
		expect(await nonsense.closed).toMatchObject({ code: 4409 });
	});

	test('[LIM5] the seventh socket of one person sends the first away', async () => {
		const raws = [];
		for (let n = 0; n < 7; n++) raws.push(await rawOf('sri'));
		expect(await raws[0]?.closed).toMatchObject({ code: 4429, reason: 'too_many_sockets' });
		await until(() => server.sync.counts().sockets === 6);
	});
});

describe('somebody who may only read', () => {
	test('[GRD9] saves nothing by update nor by sync step 2, and is told so', async () => {
		server.rights.set('ani', 'read');
		for (const [n, message] of [asUpdate, asStep2].entries()) {
			const ani = await rawOf('ani');
			ani.send(...message(typed('coretan', 70 + n)));
			await until(() => saidNotSaved(ani));
			expect(acknowledged(ani)).toBe(0);
		}
		expect(await storedTitle()).toBe('');
		expect((await app.documents.read('plan-1'))?.head).toBe(1);
	});

	test('[GRD9] hears of no refusal for knowing what nobody sent', async () => {
		// Two people set one key at once; Yjs deletes the loser on every phone by itself.
		const [sri, wati] = [phoneOf('sri'), phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		sri.doc.getMap('rows').set('due', 'Senin');
		wati.doc.getMap('rows').set('due', 'Selasa');
		await until(() => isSaved(sri) && isSaved(wati));
		const due = (phone: Phone) => phone.doc.getMap('rows').get('due');
		await until(() => due(sri) === due(wati));
		server.rights.set('ani', 'read');
		const ani = phoneOf('ani', cloned(sri.doc));
		await until(() => isSaved(ani));
		expect(ani.connection.now).toMatchObject({ right: 'read', reason: null });
	});

	test('[PRS3] is seen, with the name the server wrote, without a cursor', async () => {
		server.rights.set('ani', 'read');
		const [sri, ani] = [phoneOf('sri'), phoneOf('ani')];
		await until(() => isSaved(sri) && isSaved(ani));
		ani.connection.setField('row-1.title');
		await until(() => sri.connection.now.people.some(({ field }) => field === 'row-1.title'));
		expect(sri.connection.now.people).toContainEqual(
			expect.objectContaining({ id: 'ani', name: 'ANI', field: 'row-1.title' })
		);
		ani.connection.destroy();
		await until(() => sri.connection.now.people.every(({ id }) => id !== 'ani'));
	});
});

function cloned(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

describe('rights that change', () => {
	test('[ADM5] a plan that was submitted is read-only within a second, and open again when returned', async () => {
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		server.rights.set('sri', 'read');
		await server.sync.readmit({ documentId: 'plan-1' });
		await until(() => sri.connection.now.right === 'read');
		sri.text.insert(0, 'terlambat');
		await until(() => sri.connection.now.state === 'refused');
		expect(sri.connection.now.reason).toBe('right');
		expect(await storedTitle()).toBe('');
		server.rights.set('sri', 'write');
		await server.sync.readmit({ documentId: 'plan-1' });
		await until(() => isSaved(sri));
		expect(await storedTitle()).toBe('terlambat');
	});

	test('[ADM5] a session that ended closes its sockets and no others', async () => {
		const [sri, wati] = [phoneOf('sri'), phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		server.rights.set('sri', null);
		await server.sync.readmit({ sessionId: 'sri' });
		await until(() => sri.connection.now.state === 'refused');
		expect(wati.connection.now.state).toBe('saved');
		await until(() => server.sync.counts().sockets === 1);
	});

	test('[ADM7] what a reader was refused comes again as a whole once the right is back', async () => {
		server.rights.set('budi', 'read');
		const budi = await rawOf('budi');
		budi.send(...asStep2(Uint8Array.of(0, 0)));
		budi.send(...asUpdate(typed('ditahan')));
		await until(() => saidNotSaved(budi));
		server.rights.set('budi', 'write');
		await server.sync.readmit({ documentId: 'plan-1' });
		await expectClosed(budi, closeCode.tryAgain, 'right_returned');
	});

	test('[ADM6] somebody who lost the right without any news is found by the next round', async () => {
		await restartWith({ recheckMs: 30 });
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		server.rights.set('sri', null);
		await until(() => sri.connection.now.reason === 'right');
	});
});

describe('who asks for too much', () => {
	test("[GRD5] writing under somebody else's client number is refused", async () => {
		const sri = await rawOf('sri');
		sri.send(...asUpdate(typed('milik Sri')));
		await until(() => acknowledged(sri) === 1);
		const budi = await rawOf('budi');
		budi.send(...asUpdate(typed('milik Sri?')));
		await expectClosed(budi, closeCode.malformed, 'client_of_somebody_else');
		expect(await storedTitle()).toBe('milik Sri');
	});

	test('[LIM4] a document that is full takes no more, and says so', async () => {
		await restartWith({ documentBytes: 2000 });
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'x'.repeat(2000));
		await until(() => isSaved(sri));
		sri.text.insert(0, 'lagi');
		await until(() => sri.connection.now.reason === 'large');
		expect((await storedTitle()).length).toBe(2000);
	});

	/** Somebody writes more and more, until somebody else who does not read is cut off. */
	async function writeUntilCut(): Promise<Phone> {
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		await until(() => {
			if (isSaved(sri)) sri.doc.getMap('blob').set('b', 'x'.repeat(900_000));
			return server.sync.refusals().has('slow_reader');
		});
		return sri;
	}

	test('[LIM6] a socket that does not read is cut off', async () => {
		const plenty = { bytesBurst: 1e9, framesBurst: 1e5, documentBytes: 1e9 };
		await restartWith({ backlogBytes: 100_000, slowReaderMs: 100, ...plenty });
		const budi = await rawOf('budi');
		budi.socket.pause();
		await writeUntilCut();
	});

	test('[WIRE4] a socket on which nobody says anything hears from us with every ping', async () => {
		await restartWith({ pingMs: 20 });
		const budi = await rawOf('budi');
		const nobody = Buffer.from([messageType.awareness, 1, 0]);
		await until(() => budi.frames.filter((frame) => nobody.equals(frame)).length >= 2);
	});

	test('[LIM6] a socket that does not read takes no more memory than it may, not even for seconds', async () => {
		const plenty = { bytesBurst: 1e9, framesBurst: 1e5, documentBytes: 1e9 };
		await restartWith({ backlogMostBytes: 100_000, slowReaderMs: 1e6, ...plenty });
		const budi = await rawOf('budi');
		budi.socket.pause();
		const sri = await writeUntilCut();
		await until(() => isSaved(sri));
	});

	test('[LIM7] a socket that answers no ping is dropped', async () => {
		await restartWith({ pingMs: 20, deadMs: 60 });
		const budi = await rawOf('budi');
		budi.socket.pause();
		await until(() => server.sync.counts().sockets === 0);
	});
});

describe('stopping', () => {
	test('[ROOM3] stores what was received and tells everybody to come back', async () => {
		await restartWith({ windowMs: 500 });
		const raw = await rawOf('sri');
		raw.send(...asUpdate(typed('satu', 1)));
		await until(() => acknowledged(raw) === 1);
		raw.send(...asUpdate(typed('dua', 2)));
		raw.socket.ping();
		await new Promise((resolve) => raw.socket.once('pong', resolve));
		await server.sync.shutdown();
		expect(await raw.closed).toEqual({ code: closeCode.restart, reason: 'restart' });
		expect(acknowledged(raw)).toBe(2);
		expect((await storedTitle()).length).toBe(7);
	});
});
