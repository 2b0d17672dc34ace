import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { closeCode } from '../codes.ts';
import { attacks, seedForAttacks } from './attacks.ts';
import {
	isSaved,
	openPhone,
	openRaw,
	openStockPhone,
	openSync,
	storedDocument,
	until,
	type Harness,
	type Phone
} from './harness.ts';

let app: TestApp;
let server: Harness;
let sri: Phone;
let wati: Phone;

beforeAll(async () => {
	app = await openTestApp();
	const seed = { id: 'plan-1', kind: 'plan', schemaNumber: 1, update: seedForAttacks() };
	await app.db.write((tx) => app.documents.create(tx, seed));
	server = await openSync(app);
	[sri, wati] = [openPhone(server.url, 'sri'), openPhone(server.url, 'wati')];
	await until(() => isSaved(sri) && isSaved(wati));
});

afterAll(async () => {
	for (const { connection } of [sri, wati]) connection.destroy();
	await server.close();
	await app.close();
});

/** Somebody types while all this goes on, and somebody else reads along. */
async function honestWord(word: string): Promise<void> {
	sri.text.insert(sri.text.length, word);
	await until(() => isSaved(sri) && wati.text.toString().endsWith(word));
}

const timesRefused = (reason: string) => server.sync.refusals().get(reason) ?? 0;

describe('who attacks loses the socket, is counted, and disturbs nobody', () => {
	for (const { rule, what, code, reason, send } of attacks) {
		test(`[${rule}] ${what}`, async () => {
			const before = reason ? timesRefused(reason) : 0;
			const head = (await app.documents.read('plan-1'))?.head;
			const attacker = await openRaw(server.url, 'budi');
			send(attacker);
			expect(await attacker.closed).toMatchObject(reason ? { code, reason } : { code });
			if (reason) expect(timesRefused(reason)).toBe(before + 1);
			expect((await app.documents.read('plan-1'))?.head).toBe(head);
			await honestWord(`${what}; `);
		});
	}

	test('[WALK2] what is kept is what the honest wrote, and no byte more', async () => {
		const stored = await storedDocument(app, 'plan-1');
		expect(stored.getText('title').toString()).toBe(
			attacks.map(({ what }) => `${what}; `).join('')
		);
		expect(Y.encodeStateAsUpdate(stored)).toHaveLength(Y.encodeStateAsUpdate(sri.doc).length);
		expect([stored.store.pendingStructs, stored.store.pendingDs]).toEqual([null, null]);
	});
});

describe('a stock client', () => {
	const comesBack = [closeCode.restart, closeCode.tryAgain];
	const stops = [
		closeCode.malformed,
		closeCode.signInAgain,
		closeCode.noRight,
		closeCode.tooOld,
		closeCode.tooLarge,
		closeCode.tooFast
	];

	async function timesAsked(code: number, wanted: number): Promise<number> {
		const http = createServer();
		const wss = new WebSocketServer({ server: http });
		let asked = 0;
		wss.on('connection', (socket) => {
			asked++;
			socket.close(code, 'kata');
		});
		await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
		const { port } = http.address() as AddressInfo;
		const provider = openStockPhone(`ws://127.0.0.1:${port}`, 'sri');
		try {
			await until(() => asked >= wanted && (wanted > 1 || !provider.shouldConnect));
			return asked;
		} finally {
			provider.destroy();
			wss.close();
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		}
	}

	test('[CLI3] stops asking after every refusal', async () => {
		for (const code of stops) expect(await timesAsked(code, 1)).toBe(1);
	});

	test('[CLI3] comes back after a restart and when told to try again', async () => {
		for (const code of comesBack) expect(await timesAsked(code, 2)).toBeGreaterThan(1);
	});
});
