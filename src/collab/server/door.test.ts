/** Who is let in, to read or to write, and what happens when that changes. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { closeCode } from '../codes.ts';
import { asStep2, asUpdate, isSaved, openRaw, ORIGIN, until, type Phone } from './harness.ts';
import { acknowledged, expectClosed, openStage, saidNotSaved, typed } from './stage.harness.ts';

const stage = openStage();

describe('the door', () => {
	const upgradeStatus = (origin: string | undefined) =>
		new Promise<number | undefined>((resolve, reject) => {
			const url = `${stage.server.url.replace('ws:', 'http:')}/plan-1`;
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
		expect(await (await stage.rawOf(null)).closed).toMatchObject({ code: 4401, reason: 'sign_in' });
		stage.server.rights.set('budi', null);
		expect(await (await stage.rawOf('budi')).closed).toMatchObject({ code: 4403, reason: 'right' });
	});

	test('[ADM3] an unknown document is refused like a forbidden one', async () => {
		const elsewhere = `${stage.server.url}/elsewhere`;
		const raw = await openRaw(elsewhere, 'sri');
		expect(await raw.closed).toMatchObject({ code: 4403, reason: 'no_such_document' });
	});

	test('[ADM4] a copy of an older epoch or a page of an older schema is refused', async () => {
		const old = await stage.rawOf('sri', '?epoch=0');
		expect(await old.closed).toMatchObject({ code: 4409, reason: 'epoch' });
		const page = await stage.rawOf('sri', '?epoch=1&schema=0');
		expect(await page.closed).toMatchObject({ code: 4409, reason: 'schema' });
		const nonsense = await stage.rawOf('sri', '?epoch=x');
		expect(await nonsense.closed).toMatchObject({ code: 4409 });
	});

	test('[ADM4] who names no epoch has seen no rebuilding, and is refused after one', async () => {
		const { db, documents } = stage.app;
		const rebuilding = { documentId: 'plan-1', epoch: 1, update: typed('baru') };
		await db.write((tx) => documents.rebuild(tx, rebuilding));
		await expectClosed(await stage.rawOf('sri', '?ack=1'), closeCode.tooOld, 'epoch');
	});

	test('[LIM5] a server that is full says so before the handshake', async () => {
		await stage.restartWith({ sockets: 1 });
		await stage.rawOf('sri');
		expect(await upgradeStatus(ORIGIN)).toBe(503);
		expect(stage.server.sync.refusals().get('no_place')).toBe(1);
	});

	test('[LIM5] the seventh socket of one person sends the first away', async () => {
		const raws = [];
		for (let n = 0; n < 7; n++) raws.push(await stage.rawOf('sri'));
		expect(await raws[0]?.closed).toMatchObject({ code: 4429, reason: 'too_many_sockets' });
		await until(() => stage.server.sync.counts().sockets === 6);
	});
});

describe('somebody who may only read', () => {
	test('[GRD9] saves nothing by update nor by sync step 2, and is told so', async () => {
		stage.server.rights.set('ani', 'read');
		for (const [n, message] of [asUpdate, asStep2].entries()) {
			const ani = await stage.rawOf('ani');
			ani.send(...message(typed('coretan', 70 + n)));
			await until(() => saidNotSaved(ani));
			expect(acknowledged(ani)).toBe(0);
		}
		expect(await stage.storedTitle()).toBe('');
		expect((await stage.app.documents.read('plan-1'))?.head).toBe(1);
	});

	test('[GRD9] hears of no refusal for knowing what nobody sent', async () => {
		// Two people set one key at once; Yjs deletes the loser on every phone by itself.
		const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		sri.doc.getMap('rows').set('due', 'Senin');
		wati.doc.getMap('rows').set('due', 'Selasa');
		await until(() => isSaved(sri) && isSaved(wati));
		const due = (phone: Phone) => phone.doc.getMap('rows').get('due');
		await until(() => due(sri) === due(wati));
		stage.server.rights.set('ani', 'read');
		const ani = stage.phoneOf('ani', cloned(sri.doc));
		await until(() => isSaved(ani));
		expect(ani.connection.now).toMatchObject({ right: 'read', reason: null });
	});

	test('[PRS3] is seen, with the name the server wrote, without a cursor', async () => {
		stage.server.rights.set('ani', 'read');
		const [sri, ani] = [stage.phoneOf('sri'), stage.phoneOf('ani')];
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
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		stage.server.rights.set('sri', 'read');
		await stage.server.sync.readmit({ documentId: 'plan-1' });
		await until(() => sri.connection.now.right === 'read');
		sri.text.insert(0, 'terlambat');
		await until(() => sri.connection.now.state === 'refused');
		expect(sri.connection.now.reason).toBe('right');
		expect(await stage.storedTitle()).toBe('');
		stage.server.rights.set('sri', 'write');
		await stage.server.sync.readmit({ documentId: 'plan-1' });
		await until(() => isSaved(sri));
		expect(await stage.storedTitle()).toBe('terlambat');
	});

	test('[ADM5] a session that ended closes its sockets and no others', async () => {
		const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		stage.server.rights.set('sri', null);
		await stage.server.sync.readmit({ sessionId: 'sri' });
		await until(() => sri.connection.now.state === 'refused');
		expect(wati.connection.now.state).toBe('saved');
		await until(() => stage.server.sync.counts().sockets === 1);
	});

	test('[ADM5] a right that ends while somebody is coming in is not overlooked', async () => {
		const gate = Promise.withResolvers<null>();
		let reading = false;
		const { documents, now, log, bus } = stage.app;
		const read: typeof documents.read = async (id) => {
			reading = true;
			await gate.promise;
			return documents.read(id);
		};
		await stage.restartWith({}, { documents: { ...documents, read }, now, log, bus });
		const opening = stage.rawOf('budi');
		await until(() => reading);
		stage.server.rights.set('budi', null);
		await stage.server.sync.readmit({ userId: 'budi' });
		gate.resolve(null);
		await expectClosed(await opening, closeCode.noRight, 'right');
	});

	test('[ADM7] what a reader was refused comes again as a whole once the right is back', async () => {
		stage.server.rights.set('budi', 'read');
		const budi = await stage.rawOf('budi');
		budi.send(...asStep2(Uint8Array.of(0, 0)));
		budi.send(...asUpdate(typed('ditahan')));
		await until(() => saidNotSaved(budi));
		stage.server.rights.set('budi', 'write');
		await stage.server.sync.readmit({ documentId: 'plan-1' });
		await expectClosed(budi, closeCode.tryAgain, 'right_returned');
	});

	test('[ADM5] what comes while somebody is asked for again is not taken under the old right', async () => {
		const [sri, budi] = [stage.phoneOf('sri'), await stage.rawOf('budi')];
		budi.send(...asStep2(Uint8Array.of(0, 0)));
		await until(() => isSaved(sri) && acknowledged(budi) === 1);
		const gate = Promise.withResolvers<null>();
		stage.server.admits = async (decide) => {
			await gate.promise;
			return decide();
		};
		stage.server.rights.set('budi', 'read');
		const asking = stage.server.sync.readmit({ userId: 'budi' });
		budi.send(...asUpdate(typed('menyelinap')));
		// By the time her letter is stored his would have been, too.
		sri.text.insert(0, 'halo');
		await until(() => isSaved(sri));
		gate.resolve(null);
		await asking;
		await until(() => saidNotSaved(budi));
		expect(await stage.storedTitle()).toBe('halo');
	});

	test('[ADM6] asking for everybody again leaves turns to those who type', async () => {
		await stage.restartWith({ recheckMs: 500 });
		const people = ['sri', 'budi', 'wati', 'ani'];
		for (const person of people) await stage.rawOf(person);
		let turns = 0;
		let counting = true;
		const count = () => {
			turns++;
			if (counting) setImmediate(count);
		};
		count();
		const askedIn: number[] = [];
		const { rights } = stage.server;
		rights.get = (person) => {
			for (const until = performance.now() + 3; performance.now() < until;); // it takes its time
			askedIn.push(turns);
			return Map.prototype.get.call(rights, person);
		};
		await until(() => askedIn.length >= people.length);
		counting = false;
		expect(new Set(askedIn.slice(0, people.length)).size).toBe(people.length);
	});

	test('[ADM6] somebody who lost the right without any news is found by the next round', async () => {
		await stage.restartWith({ recheckMs: 30 });
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		stage.server.rights.set('sri', null);
		await until(() => sri.connection.now.reason === 'right');
	});
});
