/** Documents whose stored bytes are damaged, or on which the server fails again and again. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { documentUpdate } from '#lib/platform/server/db/schema/documents.ts';
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import type { Log } from '#lib/platform/server/log.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import {
	isSaved,
	openPhone,
	openSync,
	seedDocument,
	until,
	type Harness,
	type Phone
} from './harness.ts';
import { defaultLimits } from './limits.ts';
import { Metrics } from './metrics.ts';
import { TestPeer } from './room-phones.ts';
import { Rooms } from './rooms.ts';

let app: TestApp;
let server: Harness | null = null;
const logged: string[] = [];
const log: Log = (_level, event) => void logged.push(event);
const phones: Phone[] = [];

beforeEach(async () => {
	logged.length = 0;
	app = await openTestApp({ log });
	await seedDocument(app);
});

afterEach(async () => {
	for (const { connection } of phones.splice(0)) connection.destroy();
	await server?.close();
	server = null;
	await app.close();
});

async function start(documents: DocumentLog = app.documents): Promise<void> {
	await server?.close();
	const tools: Pick<App, 'documents' | 'now' | 'log' | 'bus'> = { ...app, documents };
	server = await openSync(tools);
}

function phoneOf(person: string): Phone {
	const phone = openPhone(server?.url ?? '', person);
	phones.push(phone);
	return phone;
}

async function write(phone: Phone, text: string): Promise<void> {
	phone.text.insert(phone.text.length, text);
	await until(() => isSaved(phone));
}

/** What a disk that goes bad does to one row. */
const spoil = (seq: number, bytes = new Uint8Array([7, 255, 255])) =>
	app.db.write((tx) =>
		tx.update(documentUpdate).set({ update: bytes }).where(eq(documentUpdate.seq, seq))
	);

const NOTHING = { sockets: 0, documents: 0, damaged: 0, unstored: 0 };
const isDamaged = ({ connection }: Phone) => connection.now.reason === 'damaged';
const headOf = async () => (await app.documents.read('plan-1'))?.head;

describe('a document with damaged bytes', () => {
	beforeEach(async () => {
		await start();
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		await write(sri, 'utuh ');
		await write(sri, 'rusak ');
		await write(sri, 'sesudahnya');
		sri.connection.destroy();
		await spoil(3);
		await start();
	});

	test('[QUA1] may be read as far as it is whole, and says why it takes nothing', async () => {
		const wati = phoneOf('wati');
		await until(() => isDamaged(wati));
		await until(() => wati.text.toString() === 'utuh ');
		expect(wati.connection.now).toMatchObject({ state: 'refused', right: 'read' });
		wati.text.insert(0, 'tulisan baru ');
		await until(() => server?.sync.counts().damaged === 1);
		expect(await headOf()).toBe(4);
		expect(logged.filter((event) => event === 'document_damaged')).toHaveLength(1);
	});

	test('[QUA2] is not compacted: what is left must not become all there is', async () => {
		const rooms = new Rooms({
			...{ documents: app.documents, now: app.now, log, neighbours: null },
			limits: { ...defaultLimits, idleMs: 0 }
		});
		const room = await rooms.open('plan-1');
		if (room) await rooms.compact(room);
		await rooms.putAwayIdle();
		await rooms.close();
		const stored = await app.documents.read('plan-1');
		expect(stored?.snapshot).toBeNull();
		expect(stored?.updates).toHaveLength(4);
	});

	test('[QUA1] takes nothing from others: the next document is written as ever', async () => {
		const wati = phoneOf('wati');
		await until(() => isDamaged(wati));
		const elsewhere = await seedDocument(app, 'plan-2');
		const room = new Rooms({
			...{ documents: app.documents, now: app.now, log, neighbours: null },
			limits: defaultLimits
		});
		expect((await room.open(elsewhere))?.isDamaged).toBe(false);
		await room.close();
	});

	test('[QUA3] is well again when it has been put right', async () => {
		const wati = phoneOf('wati');
		await until(() => isDamaged(wati));
		wati.connection.destroy();
		await app.db.write((tx) => tx.delete(documentUpdate).where(eq(documentUpdate.seq, 4)));
		await spoil(3, Uint8Array.of(0, 0));
		await start();
		const sri = phoneOf('sri');
		await until(() => isSaved(sri));
		expect(sri.text.toString()).toBe('utuh ');
	});
});

test('[QUA1] a document whose very beginning is damaged opens empty, and takes nothing', async () => {
	await spoil(1);
	await start();
	const sri = phoneOf('sri');
	await until(() => isDamaged(sri));
	expect(await headOf()).toBe(1);
});

test('[QUA4] a document that Yjs cannot put together when it is compacted is read-only from then on', async () => {
	const rooms = new Rooms({
		...{ documents: app.documents, now: app.now, log, neighbours: null },
		limits: defaultLimits
	});
	const room = await rooms.open('plan-1');
	room?.content.bytes.whole().parts[0]?.fill(0xff);
	if (room) await rooms.compact(room);
	expect([room?.closed, rooms.damaged]).toEqual([true, 1]);
	expect((await rooms.open('plan-1'))?.isDamaged).toBe(true);
	expect(logged).toContain('document_damaged');
	await rooms.close();
});

test('[LIM9] a document too large to compact is not damaged, is counted, and is written on', async () => {
	const metrics = new Metrics({ counts: () => NOTHING, refusals: () => new Map() });
	const rooms = new Rooms({
		...{ documents: app.documents, now: app.now, log, neighbours: null, metrics },
		limits: { ...defaultLimits, compactMostBytes: 1 }
	});
	const room = await rooms.open('plan-1');
	const sri = new TestPeer('sri');
	if (room) sri.join(room);
	for (let n = 0; n < 3; n++) if (room) await rooms.compact(room);
	sri.doc.getText('title').insert(0, 'tetap ditulis');
	await rooms.flush();
	expect([room?.closed, rooms.damaged, sri.acknowledged]).toEqual([false, 0, 2]);
	expect(await metrics.text()).toContain('rembuk_sync_compactions_total{outcome="skipped"} 1');
	await rooms.close();
});

test('[QUA5] a document on which the server fails three times is left alone, and the server goes on', async () => {
	const { append } = app.documents;
	let attempts = 0;
	await start({
		...app.documents,
		append: async (entries, at) => {
			if (!entries.some(({ documentId }) => documentId === 'plan-1')) return append(entries, at);
			attempts++;
			throw new TypeError('a bug');
		}
	});
	const sri = phoneOf('sri');
	await until(() => isSaved(sri));
	sri.text.insert(0, 'penting');
	await until(() => isDamaged(sri), 20_000);
	expect(attempts).toBe(3);
	expect(await headOf()).toBe(1);
});

test('[QUA5] what was foreseen does not count, and a document that was handed in is no failure at all', async () => {
	const rooms = new Rooms({
		...{ documents: app.documents, now: app.now, log, neighbours: null },
		limits: defaultLimits
	});
	async function fail(thrown: Error): Promise<void> {
		const room = await rooms.open('plan-1');
		if (room) rooms.failed(room, thrown);
		expect(room?.closed).toBe(true);
	}
	for (let n = 0; n < 4; n++) await fail(new Refusal('closed', 'platform_refused'));
	expect(logged).toEqual([]);
	for (let n = 0; n < 4; n++) await fail(new Refusal('forbidden', 'platform_refused'));
	expect(logged).toEqual(Array(4).fill('document_failed'));
	expect(rooms.damaged).toBe(0);
	for (let n = 0; n < 3; n++) await fail(new TypeError('a bug'));
	expect(rooms.damaged).toBe(1);
	await rooms.close();
});
