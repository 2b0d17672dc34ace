/** A storage that takes nothing for a while: a full disk, as each engine meets it. */
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Refusal } from '#lib/platform/refusal.ts';
import { engine } from '#lib/platform/server/db/dialect.ts';
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import { isSaved, openSync, seedDocument, storedDocument, until, type Phone } from './harness.ts';
import { defaultLimits } from './limits.ts';
import { TestPeer } from './room-phones.ts';
import { Rooms } from './rooms.ts';
import { openStage } from './stage.harness.ts';

const logged: string[] = [];
const stage = openStage({ log: (_level, event) => void logged.push(event) });

beforeEach(() => void (logged.length = 0));

const say = (...statements: string[]) =>
	stage.app.db.write(async (tx) => {
		for (const statement of statements) await tx.rows(sql.raw(statement));
	});

/** SQLite may not take another page; PostgreSQL says what it says when its disk is full. */
const fillDisk = () =>
	engine === 'sqlite'
		? say('pragma max_page_count = 1')
		: say(
				`create function is_full() returns trigger language plpgsql as
				$$ begin raise 'no space left' using errcode = 'disk_full'; end $$`,
				`create trigger full_disk before insert on document_update
				execute function is_full()`
			);

const makeRoom = () =>
	engine === 'sqlite'
		? say('pragma max_page_count = 1073741823')
		: say('drop trigger full_disk on document_update');

const fullCode = engine === 'sqlite' ? 'SQLITE_FULL' : '53100';

/** More than fits into what a file has to spare. */
const LONG = 'kalimat '.repeat(25_000);

const isUnstored = ({ connection }: Phone) => connection.now.state === 'unstored';

describe('a disk that is full', () => {
	test('[ORD8] keeps what was typed, says why, and stores it when there is room, without anybody coming again', async () => {
		const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
		await until(() => isSaved(sri) && isSaved(wati));
		sri.text.insert(0, 'awal ');
		await until(() => isSaved(sri) && wati.text.toString() === 'awal ');
		let closings = 0;
		for (const { connection } of [sri, wati]) {
			connection.subscribe(({ state }) => void (state === 'offline' && closings++));
		}
		await fillDisk();
		sri.text.insert(5, LONG);
		await until(() => isUnstored(sri));
		sri.text.insert(sri.text.length, 'akhir');
		expect(sri.connection.now.reason).toBeNull();
		expect([isSaved(wati), wati.text.toString()]).toEqual([true, 'awal ']);
		expect(stage.server.sync.counts()).toMatchObject({ sockets: 2, unstored: 1 });
		expect(await stage.server.sync.metrics()).toContain(
			`rembuk_sync_storage_refused_total{reason="${fullCode}"}`
		);

		await makeRoom();
		const whole = `awal ${LONG}akhir`;
		await until(() => isSaved(sri) && wati.text.toString() === whole);
		expect(await stage.storedTitle()).toBe(whole);
		expect(closings).toBe(0);
		expect(stage.server.sync.counts().unstored).toBe(0);
		expect(logged).toEqual(['storage_refused', 'storage_returned']);
	});

	test('[ORD9] who comes meanwhile reads what is stored, and not what is not', async () => {
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'tersimpan');
		await until(() => isSaved(sri));
		await fillDisk();
		sri.text.insert(0, LONG);
		await until(() => isUnstored(sri));
		const ani = stage.phoneOf('ani');
		await until(() => ani.text.toString() === 'tersimpan');
		sri.connection.setField('row-1.title');
		await until(() => ani.connection.now.people.some(({ field }) => field === 'row-1.title'));
		await makeRoom();
		await until(() => isSaved(ani) && isSaved(sri));
		expect(ani.text.toString()).toBe(`${LONG}tersimpan`);
	});

	test('[LIM8] a phone that is not read meanwhile is not taken for a dead one', async () => {
		await stage.restartWith({ unstoredBytes: 1000, pingMs: 100, deadMs: 2000 });
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		let closings = 0;
		sri.connection.subscribe(({ state }) => void (state === 'offline' && closings++));
		await fillDisk();
		sri.text.insert(0, LONG);
		await until(() => isUnstored(sri));
		sri.text.insert(0, 'menunggu ');
		// Somebody who is read all the time hears from the server with every ping.
		const budi = await stage.rawOf('budi');
		await until(() => budi.frames.filter(({ length }) => length === 3).length > 22);
		budi.socket.terminate();
		await makeRoom();
		await until(() => isSaved(sri));
		expect(closings).toBe(0);
		expect(await stage.storedTitle()).toBe(`menunggu ${LONG}`);
	});

	test('[ROOM3] does not hold up a stop, and what was not acknowledged comes again', async () => {
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		await fillDisk();
		sri.text.insert(0, LONG);
		await until(() => isUnstored(sri));
		await stage.server.close();
		expect(isSaved(sri)).toBe(false);
		sri.connection.destroy();
		await makeRoom();
		stage.server = await openSync(stage.app);
		const again = stage.phoneOf('sri', sri.doc);
		await until(() => isSaved(again));
		expect(await stage.storedTitle()).toBe(LONG);
	});
});

describe('a storage that is away for one document', () => {
	const away = () => new Refusal('unavailable', 'platform_refused_storage');

	function roomsWith(append: DocumentLog['append'], unstoredBytes: number): Rooms {
		return new Rooms({
			...{
				documents: { ...stage.app.documents, append },
				now: stage.app.now,
				log: stage.app.log,
				neighbours: null
			},
			limits: { ...defaultLimits, windowMs: 1, unstoredBytes }
		});
	}

	test('[ORD8] holds up no other', async () => {
		await seedDocument(stage.app, 'plan-2');
		let isLocked = true;
		const rooms = roomsWith(async (entries, at) => {
			if (isLocked && entries.some(({ documentId }) => documentId === 'plan-2')) throw away();
			return stage.app.documents.append(entries, at);
		}, defaultLimits.unstoredBytes);
		const [sri, budi] = [new TestPeer('sri'), new TestPeer('budi')];
		const [room, other] = [await rooms.open('plan-1'), await rooms.open('plan-2')];
		if (room) sri.join(room);
		if (other) budi.join(other);
		await rooms.flush();
		sri.doc.getText('title').insert(0, 'a');
		budi.doc.getText('title').insert(0, 'b');
		await rooms.flush();
		budi.doc.getText('title').insert(1, 'c');
		await rooms.flush();
		expect([sri.acknowledged, budi.acknowledged, budi.closedWith]).toEqual([2, 1, null]);
		expect(budi.notices.filter(({ code }) => code === 'not_saved')).toEqual([
			{ code: 'not_saved', reason: 'storage' }
		]);
		isLocked = false;
		await rooms.flush();
		expect(budi.acknowledged).toBe(3);
		expect((await storedDocument(stage.app, 'plan-2')).getText('title').toString()).toBe('bc');
		await rooms.close();
	});

	test('[LIM8] takes no more than it may into memory, and reads on when there is place', async () => {
		let isFull = true;
		const rooms = roomsWith(async (entries, at) => {
			if (isFull) throw away();
			return stage.app.documents.append(entries, at);
		}, 2_000);
		const room = await rooms.open('plan-1');
		const sri = new TestPeer('sri');
		if (room) sri.join(room);
		await rooms.flush();
		const updates: Uint8Array[] = [];
		const doc = new Y.Doc();
		doc.on('update', (update: Uint8Array) => updates.push(update));
		for (let n = 0; n < 20; n++) doc.getText('title').insert(0, 'x'.repeat(100));
		let taken = 0;
		let held: Promise<string | null> | null = null;
		for (const update of updates) {
			const answer = room?.receive(sri, 'update', update);
			if (answer instanceof Promise) held = answer;
			if (held) break;
			taken++;
		}
		expect(taken).toBeGreaterThan(2);
		expect(taken).toBeLessThan(10);
		isFull = false;
		await rooms.flush();
		expect(await held).toBeNull();
		await rooms.flush();
		expect(sri.acknowledged).toBe(1 + taken + 1);
		await rooms.close();
	});
});
