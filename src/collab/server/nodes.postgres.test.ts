/** Two sync servers on one database, each with its own connections: as two processes have it. */
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	newDatabase,
	openTestApp,
	type TestApp,
	type TestDatabase
} from '../../../tests/open-app.ts';
import { closeCode } from '../codes.ts';
import {
	asStep2,
	asUpdate,
	isSaved,
	openPhone,
	openRaw,
	openSync,
	proxied,
	seedDocument,
	storedDocument,
	until,
	type Harness,
	type Phone
} from './harness.ts';
import type { Limits } from './limits.ts';

interface Node extends Harness {
	app: TestApp;
}

let database: TestDatabase;
let satu: Node;
let dua: Node;
const nodes: Node[] = [];
const phones: Phone[] = [];

beforeEach(async () => {
	database = await newDatabase();
	satu = await openNode();
	dua = await openNode();
	await seedDocument(satu.app);
});

afterEach(async () => {
	for (const { connection } of phones.splice(0)) connection.destroy();
	for (const node of nodes.splice(0)) await stop(node);
	await database.drop();
});

async function openNode(limits: Partial<Limits> = {}): Promise<Node> {
	const app = await openTestApp({ databaseUrl: database.url });
	const node = { app, ...(await openSync(app, limits)) };
	nodes.push(node);
	return node;
}

async function stop(node: Node): Promise<void> {
	await node.close();
	await node.app.close();
	if (nodes.includes(node)) nodes.splice(nodes.indexOf(node), 1);
}

function phoneAt(node: Node, person: string, doc?: Y.Doc): Phone {
	const phone = openPhone(node.url, person, doc);
	phones.push(phone);
	return phone;
}

async function pairOfPhones(): Promise<[Phone, Phone]> {
	const pair: [Phone, Phone] = [phoneAt(satu, 'sri'), phoneAt(dua, 'wati')];
	await until(() => pair.every(isSaved));
	return pair;
}

const storedTitle = async () =>
	(await storedDocument(satu.app, 'plan-1')).getText('title').toString();

async function asAdministrator(query: string): Promise<void> {
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	await client.query(query);
	await client.end();
}

const cutListeners = () =>
	asAdministrator(
		`select pg_terminate_backend(pid) from pg_stat_activity
		where application_name = 'rembuk bus' and datname = current_database()`
	);

/** A listener that is not there at all: its messages are lost, not late. */
const deafen = (node: Node) => node.app.bus?.close();

describe('two nodes', () => {
	test('[NODE1] what is typed on one arrives on the other, both ways, and both say saved', async () => {
		const [sri, wati] = await pairOfPhones();
		sri.text.insert(0, 'Pojok baca');
		await until(() => wati.text.toString() === 'Pojok baca');
		wati.text.insert(10, ' di balai desa');
		await until(() => sri.text.toString() === 'Pojok baca di balai desa');
		await until(() => isSaved(sri) && isSaved(wati));
		expect(await storedTitle()).toBe('Pojok baca di balai desa');
	});

	test('[NODE1] nobody on another node sees what is not on the disk', async () => {
		const [sri, wati] = await pairOfPhones();
		const seenBeforeStored: string[] = [];
		const looks: Promise<void>[] = [];
		wati.text.observe(() => {
			const seen = wati.text.toString();
			looks.push(
				storedTitle().then((stored) => void (stored.includes(seen) || seenBeforeStored.push(seen)))
			);
		});
		for (const letter of 'gotong royong') sri.text.insert(sri.text.length, letter);
		await until(() => wati.text.toString() === 'gotong royong');
		await Promise.all(looks);
		expect(seenBeforeStored).toEqual([]);
	});

	test('[NODE3] both write at once, for long, and end equal', async () => {
		const [sri, wati] = await pairOfPhones();
		const write = async ({ doc, connection }: Phone, name: string) => {
			const own = doc.getText('title');
			for (let n = 0; n < 150; n++) {
				own.insert(own.length, `${name}${n} `);
				if (n % 10 === 0) await until(() => connection.now.state === 'saved');
			}
		};
		await Promise.all([write(sri, 's'), write(wati, 'w')]);
		await until(() => isSaved(sri) && isSaved(wati));
		await until(() => sri.text.toString() === wati.text.toString());
		const stored = await storedTitle();
		expect(stored).toBe(sri.text.toString());
		for (let n = 0; n < 150; n++) {
			expect(stored.split(`s${n} `)).toHaveLength(2);
			expect(stored.split(`w${n} `)).toHaveLength(2);
		}
	});

	test('[NODE2] an edit too large for the bus arrives all the same', async () => {
		const [sri, wati] = await pairOfPhones();
		sri.text.insert(0, 'kalimat '.repeat(5000));
		await until(() => wati.text.length === 40_000);
	});

	test('[NODE5] a listener that is cut misses nothing', async () => {
		const [sri, wati] = await pairOfPhones();
		const written: string[] = [];
		for (let round = 0; round < 4; round++) {
			const cut = round % 2 ? Promise.resolve() : cutListeners();
			for (let n = 0; n < 10; n++) {
				sri.text.insert(sri.text.length, `r${round}n${n} `);
				written.push(`r${round}n${n} `);
			}
			await cut;
			await until(() => isSaved(sri));
		}
		await until(() => wati.text.toString() === written.join(''));
	});

	test('[NODE5] without any news the next look at the log finds what is missing', async () => {
		const deaf = await openNode({ catchUpMs: 50 });
		const sri = phoneAt(satu, 'sri');
		const ani = phoneAt(deaf, 'ani');
		await until(() => isSaved(sri) && isSaved(ani));
		await deafen(deaf);
		sri.text.insert(0, 'tanpa kabar');
		await until(() => ani.text.toString() === 'tanpa kabar');
	});

	test('[NODE5] what was compacted elsewhere meanwhile arrives as a whole', async () => {
		const busy = await openNode({ compactAfterUpdates: 10, windowMs: 1, catchUpMs: 300 });
		const deaf = await openNode({ catchUpMs: 300 });
		const sri = phoneAt(busy, 'sri');
		const ani = phoneAt(deaf, 'ani');
		await until(() => isSaved(sri) && isSaved(ani));
		await deafen(deaf);
		for (let n = 0; n < 40; n++) {
			sri.text.insert(sri.text.length, `${n} `);
			await until(() => isSaved(sri));
		}
		await until(async () => ((await satu.app.documents.read('plan-1'))?.snapshotSeq ?? 0) > 10);
		await until(() => ani.text.toString() === sri.text.toString());
		ani.text.insert(0, 'lengkap ');
		await until(() => isSaved(ani) && sri.text.toString().startsWith('lengkap '));
	});
});

describe('the guard of a node that lags', () => {
	test('[NODE4] a phone that changes nodes is taken for itself, with all it has seen', async () => {
		const deaf = await openNode();
		const [sri, wati] = await pairOfPhones();
		const ani = phoneAt(deaf, 'ani'); // keeps the document open there
		await until(() => isSaved(ani));
		await deafen(deaf);
		sri.text.insert(0, 'dari Sri ');
		await until(() => wati.text.toString() === 'dari Sri ');
		wati.text.insert(9, 'dari Wati');
		await until(() => isSaved(wati) && isSaved(sri));
		wati.connection.destroy();
		const moved = phoneAt(deaf, 'wati', wati.doc);
		moved.text.insert(0, 'lagi: ');
		await until(() => isSaved(moved));
		await until(() => ani.text.toString() === 'lagi: dari Sri dari Wati');
		expect(ani.connection.now.state).toBe('saved');
		const { authors } = (await satu.app.documents.read('plan-1')) ?? {};
		expect(authors?.get(sri.doc.clientID)).toBe('sri');
		expect(authors?.get(wati.doc.clientID)).toBe('wati');
	});

	test('[GRD5] nobody writes under a number that was claimed on another node', async () => {
		const deaf = await openNode();
		const sri = phoneAt(satu, 'sri');
		const ani = phoneAt(deaf, 'ani');
		await until(() => isSaved(sri) && isSaved(ani));
		await deafen(deaf);
		sri.text.insert(0, 'milik Sri');
		await until(() => isSaved(sri));
		for (const message of [asUpdate, asStep2]) {
			const forged = new Y.Doc();
			forged.clientID = sri.doc.clientID;
			forged.getText('title').insert(0, 'palsu, dan lebih panjang');
			const budi = await openRaw(deaf.url, 'budi');
			budi.send(...message(Y.encodeStateAsUpdate(forged)));
			expect(await budi.closed).toMatchObject({
				code: closeCode.malformed,
				reason: 'client_of_somebody_else'
			});
		}
		expect(isSaved(ani)).toBe(true);
		expect(await storedTitle()).toBe('milik Sri');
	});
});

describe('rights', () => {
	const revokeFor = (...ids: string[]) => {
		for (const { rights } of nodes) for (const id of ids) rights.set(id, null);
	};

	test('[NODE6] a right that is taken on one node ends the sockets of all within 5 s', async () => {
		const [sri, wati] = await pairOfPhones();
		revokeFor('wati');
		const started = performance.now();
		await satu.sync.readmit({ userId: 'wati' });
		await until(() => wati.connection.now.reason === 'right');
		expect(performance.now() - started).toBeLessThan(5000);
		expect(isSaved(sri)).toBe(true);
	});

	test('[NODE6] also when the listener is cut at that moment', async () => {
		const [, wati] = await pairOfPhones();
		const started = performance.now();
		revokeFor('wati');
		const cut = cutListeners();
		await satu.sync.readmit({ sessionId: 'wati' });
		await cut;
		await until(() => wati.connection.now.reason === 'right');
		expect(performance.now() - started).toBeLessThan(5000);
	});
});

describe('presence', () => {
	const sees = ({ connection }: Phone, id: string) =>
		connection.now.people.find((person) => person.id === id);

	test('[PRS5] people of another node are seen, in their field, until they leave', async () => {
		const [sri, wati] = await pairOfPhones();
		wati.connection.setField('row-1.title');
		await until(() => sees(sri, 'wati')?.field === 'row-1.title');
		expect(sees(sri, 'wati')).toMatchObject({ name: 'WATI' });
		wati.connection.destroy();
		await until(() => sees(sri, 'wati') === undefined);
	});

	test('[PRS5] who opens a document on a second node learns who is in it on the first', async () => {
		const sri = phoneAt(satu, 'sri');
		await until(() => isSaved(sri));
		sri.connection.setField('row-1.need');
		const wati = phoneAt(dua, 'wati');
		await until(() => sees(wati, 'sri')?.field === 'row-1.need');
	});

	test('[PRS5] a phone that changes nodes is here once, and stays', async () => {
		const sri = phoneAt(satu, 'sri');
		let node = dua;
		const { Socket, cut } = proxied('wati', () => node.url);
		const wati = openPhone('ws://proxy/sync', 'wati', new Y.Doc(), Socket);
		phones.push(wati);
		await until(() => isSaved(sri) && isSaved(wati));
		wati.connection.setField('row-1.title');
		await until(() => sees(sri, 'wati')?.field === 'row-1.title');
		node = satu;
		cut();
		await until(() => satu.sync.counts().sockets === 2 && isSaved(wati));
		wati.connection.setField('row-2.title');
		await until(() => sees(sri, 'wati')?.field === 'row-2.title');
		const late = phoneAt(dua, 'ani');
		await until(() => sees(late, 'wati')?.field === 'row-2.title');
		expect(sri.connection.now.people.filter(({ id }) => id === 'wati')).toHaveLength(1);
	});
});

describe('a document that becomes another one', () => {
	const rebuildTo = (text: string) => {
		const fresh = new Y.Doc();
		fresh.getText('title').insert(0, text);
		return satu.app.db.write((tx) =>
			satu.app.documents.rebuild(tx, {
				documentId: 'plan-1',
				epoch: 1,
				update: Y.encodeStateAsUpdate(fresh)
			})
		);
	};

	test('[EPO2] sends everybody away on all nodes, and an old copy is refused everywhere', async () => {
		const [sri, wati] = await pairOfPhones();
		wati.text.insert(0, 'nama orang');
		await until(() => isSaved(wati) && sri.text.toString() === 'nama orang');
		await rebuildTo('tanpa nama');
		await satu.sync.replaced('plan-1');
		await until(() => sri.connection.now.reason === 'rebuilt');
		await until(() => wati.connection.now.reason === 'rebuilt');
		expect(await storedTitle()).toBe('tanpa nama');
	});

	test('[EPO1] not even a node that has not heard of it can store what was before', async () => {
		const deaf = await openNode();
		const ani = phoneAt(deaf, 'ani');
		await until(() => isSaved(ani));
		await deafen(deaf);
		await rebuildTo('tanpa nama');
		ani.text.insert(0, 'nama orang');
		await until(() => ani.connection.now.reason === 'rebuilt');
		expect(await storedTitle()).toBe('tanpa nama');
	});
});

describe('a rolling restart', () => {
	test('[NODE7] loses nothing, and phones go on at the node that stays', async () => {
		const sri = phoneAt(satu, 'sri');
		let node = dua;
		const { Socket } = proxied('wati', () => node.url);
		const wati = openPhone('ws://proxy/sync', 'wati', new Y.Doc(), Socket);
		phones.push(wati);
		await until(() => isSaved(sri) && isSaved(wati));
		const words: string[] = [];
		const type = (word: string) => {
			wati.text.insert(wati.text.length, word);
			words.push(word);
		};
		type('sebelum ');
		const leaving = node;
		node = satu;
		const stopped = stop(leaving);
		type('selama ');
		await stopped;
		expect(isSaved(wati)).toBe(false);
		type('sesudah ');
		// After a restart phones come back anywhere within ten seconds.
		await until(() => isSaved(wati), 15_000);
		await until(() => sri.text.toString() === words.join(''));
		expect(await storedTitle()).toBe(words.join(''));
	});
});
