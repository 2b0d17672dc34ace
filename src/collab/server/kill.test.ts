import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engine } from '#lib/platform/server/db/dialect.ts';
import { newDatabase, openTestApp, type TestDatabase } from '../../../tests/open-app.ts';
import {
	openPhone,
	seedDocument,
	startServerProcess,
	storedDocument,
	until,
	type Phone,
	type ServerProcess
} from './harness.ts';

/** The file is ours to keep whole; PostgreSQL keeps its own. `COLLAB_KILLS=200` searches longer. */
const ROUNDS = Number(process.env.COLLAB_KILLS ?? (engine === 'sqlite' ? 20 : 6));
/** At any moment between the first edit and long after the first compaction. */
const LATEST_KILL_MS = 250;

let database: TestDatabase;
let server: ServerProcess | null = null;
let phones: Phone[] = [];

beforeEach(async () => {
	database = await newDatabase();
	const app = await openTestApp({ databaseUrl: database.url });
	await seedDocument(app);
	await app.close();
});

afterEach(async () => {
	for (const { connection } of phones.splice(0)) connection.destroy();
	await server?.kill();
	await database.drop();
});

/** Types word after word into a field of its own, and adds those that were confirmed to the list. */
async function typeUntilKilled(
	{ doc, connection }: Phone,
	name: string,
	confirmed: string[]
): Promise<void> {
	const own = doc.getText(name);
	for (let n = 0; n < 1000; n++) {
		const word = `${name}-${n};`;
		for (const letter of word) own.insert(own.length, letter);
		await until(() => connection.now.state !== 'saving');
		if (connection.now.state !== 'saved') break;
		confirmed.push(word);
	}
}

test(
	`[LOG6] what was said to be saved is there after kill -9, ${ROUNDS} times over`,
	async () => {
		const confirmed: string[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			server = await startServerProcess(database.url);
			const { url, kill } = server;
			phones = ['sri', 'budi'].map((person) => openPhone(url, person));
			await until(() => phones.every(({ connection }) => connection.now.state === 'saved'));
			const before = confirmed.length;
			const typing = phones.map((phone, n) => typeUntilKilled(phone, `r${round}p${n}`, confirmed));
			// Every other life lasts until something was confirmed in it, however busy the machine.
			if (round % 2 === 1) await until(() => confirmed.length >= before + 2);
			await pause(20 + randomInt(LATEST_KILL_MS));
			await kill();
			await Promise.all(typing);
			for (const { connection } of phones.splice(0)) connection.destroy();
		}
		expect(confirmed.length).toBeGreaterThan(ROUNDS / 2);
		expect(new Set(confirmed).size).toBe(confirmed.length);
		const app = await openTestApp({ databaseUrl: database.url });
		const stored = await storedDocument(app, 'plan-1');
		await app.close();
		const timesStored = (word: string) => {
			const field = stored.getText(word.slice(0, word.indexOf('-'))).toString();
			return field.split(word).length - 1;
		};
		expect(confirmed.filter((word) => timesStored(word) !== 1)).toEqual([]);
		// A bound for a machine with other work to do, not a measure: a round takes about a second.
	},
	60_000 + ROUNDS * 30_000
);
