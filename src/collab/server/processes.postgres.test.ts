/** Two server processes on one PostgreSQL, and one of them is killed. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newDatabase, openTestApp, type TestDatabase } from '../../../tests/open-app.ts';
import {
	isSaved,
	openPhone,
	seedDocument,
	startServerProcess,
	storedDocument,
	until,
	type Phone,
	type ServerProcess
} from './harness.ts';

let database: TestDatabase;
const servers: ServerProcess[] = [];
const phones: Phone[] = [];

beforeEach(async () => {
	database = await newDatabase();
	const app = await openTestApp({ databaseUrl: database.url });
	await seedDocument(app);
	await app.close();
});

afterEach(async () => {
	for (const { connection } of phones.splice(0)) connection.destroy();
	for (const server of servers.splice(0)) await server.kill();
	await database.drop();
});

async function start(): Promise<ServerProcess> {
	const server = await startServerProcess(database.url);
	servers.push(server);
	return server;
}

function phoneAt(url: string, person: string, doc?: Phone['doc']): Phone {
	const phone = openPhone(url, person, doc);
	phones.push(phone);
	return phone;
}

test('[NODE7] one of two processes is killed: what it had said to be saved is on the other', async () => {
	const [satu, dua] = [await start(), await start()];
	const [sri, wati] = [phoneAt(satu.url, 'sri'), phoneAt(dua.url, 'wati')];
	await until(() => isSaved(sri) && isSaved(wati));
	const confirmed: string[] = [];
	for (let n = 0; n < 20; n++) {
		sri.text.insert(sri.text.length, `s${n} `);
		wati.text.insert(0, `w${n} `);
		await until(() => isSaved(sri) && isSaved(wati));
		confirmed.push(`s${n} `, `w${n} `);
	}
	await until(() => sri.text.toString() === wati.text.toString());
	sri.text.insert(0, 'belum pasti ');
	await satu.kill();
	sri.connection.destroy();

	const moved = phoneAt(dua.url, 'sri', sri.doc);
	await until(() => isSaved(moved) && isSaved(wati));
	await until(() => wati.text.toString() === moved.text.toString());
	const app = await openTestApp({ databaseUrl: database.url });
	const stored = (await storedDocument(app, 'plan-1')).getText('title').toString();
	await app.close();
	expect(stored).toBe(moved.text.toString());
	for (const word of [...confirmed, 'belum pasti ']) expect(stored.split(word)).toHaveLength(2);
}, 180_000);
