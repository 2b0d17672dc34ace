/** What is written on one node is on the others, also when news is lost or a node is stopped. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { closeCode } from '../codes.ts';
import {
	asStep2,
	asUpdate,
	isSaved,
	openPhone,
	openRaw,
	proxied,
	until,
	type Phone
} from './harness.ts';
import { deafen, openNodes } from './nodes.harness.ts';

const nodes = openNodes();

describe('two nodes', () => {
	test('[NODE1] what is typed on one arrives on the other, both ways, and both say saved', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		sri.text.insert(0, 'Pojok baca');
		await until(() => wati.text.toString() === 'Pojok baca');
		wati.text.insert(10, ' di balai desa');
		await until(() => sri.text.toString() === 'Pojok baca di balai desa');
		await until(() => isSaved(sri) && isSaved(wati));
		expect(await nodes.storedTitle()).toBe('Pojok baca di balai desa');
	});

	test('[NODE1] nobody on another node sees what is not on the disk', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		const seenBeforeStored: string[] = [];
		const looks: Promise<void>[] = [];
		wati.text.observe(() => {
			const seen = wati.text.toString();
			looks.push(
				nodes
					.storedTitle()
					.then((stored) => void (stored.includes(seen) || seenBeforeStored.push(seen)))
			);
		});
		for (const letter of 'gotong royong') sri.text.insert(sri.text.length, letter);
		await until(() => wati.text.toString() === 'gotong royong');
		await Promise.all(looks);
		expect(seenBeforeStored).toEqual([]);
	});

	test('[NODE3] both write at once, for long, and end equal', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
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
		const stored = await nodes.storedTitle();
		expect(stored).toBe(sri.text.toString());
		for (let n = 0; n < 150; n++) {
			expect(stored.split(`s${n} `)).toHaveLength(2);
			expect(stored.split(`w${n} `)).toHaveLength(2);
		}
	});

	test('[NODE2] an edit too large for the bus arrives all the same', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		sri.text.insert(0, 'kalimat '.repeat(5000));
		await until(() => wati.text.length === 40_000);
	});

	test('[NODE5] a listener that is cut misses nothing', async () => {
		const [sri, wati] = await nodes.pairOfPhones();
		const written: string[] = [];
		for (let round = 0; round < 4; round++) {
			const cut = round % 2 ? Promise.resolve() : nodes.cutListeners();
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
		const deaf = await nodes.start({ catchUpMs: 50 });
		const sri = nodes.phoneAt(nodes.satu, 'sri');
		const ani = nodes.phoneAt(deaf, 'ani');
		await until(() => isSaved(sri) && isSaved(ani));
		await deafen(deaf);
		sri.text.insert(0, 'tanpa kabar');
		await until(() => ani.text.toString() === 'tanpa kabar');
	});

	test('[NODE5] what was compacted elsewhere meanwhile arrives as a whole', async () => {
		const busy = await nodes.start({ compactAfterUpdates: 10, windowMs: 1, catchUpMs: 300 });
		const deaf = await nodes.start({ catchUpMs: 300 });
		const sri = nodes.phoneAt(busy, 'sri');
		const ani = nodes.phoneAt(deaf, 'ani');
		await until(() => isSaved(sri) && isSaved(ani));
		await deafen(deaf);
		for (let n = 0; n < 40; n++) {
			sri.text.insert(sri.text.length, `${n} `);
			await until(() => isSaved(sri));
		}
		await until(
			async () => ((await nodes.satu.app.documents.read('plan-1'))?.snapshotSeq ?? 0) > 10
		);
		await until(() => ani.text.toString() === sri.text.toString());
		ani.text.insert(0, 'lengkap ');
		await until(() => isSaved(ani) && sri.text.toString().startsWith('lengkap '));
	});
});

describe('the guard of a node that lags', () => {
	test('[NODE4] a phone that changes nodes is taken for itself, with all it has seen', async () => {
		const deaf = await nodes.start();
		const [sri, wati] = await nodes.pairOfPhones();
		const ani = nodes.phoneAt(deaf, 'ani'); // keeps the document open there
		await until(() => isSaved(ani));
		await deafen(deaf);
		sri.text.insert(0, 'dari Sri ');
		await until(() => wati.text.toString() === 'dari Sri ');
		wati.text.insert(9, 'dari Wati');
		await until(() => isSaved(wati) && isSaved(sri));
		wati.connection.destroy();
		const moved = nodes.phoneAt(deaf, 'wati', wati.doc);
		moved.text.insert(0, 'lagi: ');
		await until(() => isSaved(moved));
		await until(() => ani.text.toString() === 'lagi: dari Sri dari Wati');
		expect(ani.connection.now.state).toBe('saved');
		const { authors } = (await nodes.satu.app.documents.read('plan-1')) ?? {};
		expect(authors?.get(sri.doc.clientID)).toBe('sri');
		expect(authors?.get(wati.doc.clientID)).toBe('wati');
	});

	test('[GRD5] nobody writes under a number that was claimed on another node', async () => {
		const deaf = await nodes.start();
		const sri = nodes.phoneAt(nodes.satu, 'sri');
		const ani = nodes.phoneAt(deaf, 'ani');
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
		expect(await nodes.storedTitle()).toBe('milik Sri');
	});
});

describe('a rolling restart', () => {
	test('[NODE7] loses nothing, and phones go on at the node that stays', async () => {
		const sri = nodes.phoneAt(nodes.satu, 'sri');
		let node = nodes.dua;
		const { Socket } = proxied('wati', () => node.url);
		const wati = openPhone('ws://proxy/sync', 'wati', new Y.Doc(), Socket);
		nodes.phones.push(wati);
		await until(() => isSaved(sri) && isSaved(wati));
		const words: string[] = [];
		const type = (word: string) => {
			wati.text.insert(wati.text.length, word);
			words.push(word);
		};
		type('sebelum ');
		// How long a phone waits is drawn by lot, up to ten seconds after a restart: hers comes at once.
		const lot = vi.spyOn(Math, 'random').mockReturnValue(0);
		onTestFinished(() => lot.mockRestore());
		const states: string[] = [];
		wati.connection.subscribe(({ state }) => void states.push(state));
		const leaving = node;
		node = nodes.satu;
		const stopped = nodes.stop(leaving);
		type('selama ');
		await stopped;
		type('sesudah ');
		await until(() => isSaved(wati));
		expect(states).toContain('offline');
		await until(() => sri.text.toString() === words.join(''));
		expect(await nodes.storedTitle()).toBe(words.join(''));
	});
});
