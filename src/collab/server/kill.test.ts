import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engine } from '#lib/platform/server/db/dialect.ts';
import { newDatabase, openTestApp, type TestDatabase } from '../../../tests/open-app.ts';
import { openPhone, seedDocument, storedDocument, until, type Phone } from './harness.ts';

/** The file is ours to keep whole; PostgreSQL keeps its own. `COLLAB_KILLS=200` searches longer. */
const ROUNDS = Number(process.env.COLLAB_KILLS ?? (engine === 'sqlite' ? 20 : 6));
/** At any moment between the first edit and long after the first compaction. */
const LATEST_KILL_MS = 250;

let database: TestDatabase;
let child: ChildProcess | null = null;
let phones: Phone[] = [];

beforeEach(async () => {
	database = await newDatabase();
	const app = await openTestApp({ databaseUrl: database.url });
	await seedDocument(app);
	await app.close();
});

afterEach(async () => {
	for (const { connection } of phones.splice(0)) connection.destroy();
	await kill();
	await database.drop();
});

async function start(): Promise<string> {
	child = fork(new URL('./kill.child.ts', import.meta.url), [database.url], { execArgv: [] });
	const starting = child;
	return new Promise((resolve, reject) => {
		starting.once('message', (url) => resolve(String(url)));
		starting.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
	});
}

async function kill(): Promise<void> {
	if (!child || child.exitCode !== null) return;
	const gone = new Promise((resolve) => child?.once('exit', resolve));
	child.kill('SIGKILL');
	await gone;
	child = null;
}

/** Types word after word into a field of its own; returns those that were confirmed. */
async function typeUntilKilled({ doc, connection }: Phone, name: string): Promise<string[]> {
	const own = doc.getText(name);
	const confirmed: string[] = [];
	for (let n = 0; n < 1000; n++) {
		const word = `${name}-${n};`;
		for (const letter of word) own.insert(own.length, letter);
		await until(() => connection.now.state !== 'saving');
		if (connection.now.state !== 'saved') break;
		confirmed.push(word);
	}
	return confirmed;
}

test(
	`[LOG6] what was said to be saved is there after kill -9, ${ROUNDS} times over`,
	async () => {
		const confirmed: string[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const url = await start();
			phones = ['sri', 'budi'].map((person) => openPhone(url, person));
			await until(() => phones.every(({ connection }) => connection.now.state === 'saved'));
			const typing = phones.map((phone, n) => typeUntilKilled(phone, `r${round}p${n}`));
			await pause(20 + randomInt(LATEST_KILL_MS));
			await kill();
			confirmed.push(...(await Promise.all(typing)).flat());
			for (const { connection } of phones.splice(0)) connection.destroy();
		}
		expect(confirmed.length).toBeGreaterThan(ROUNDS);
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
	60_000 + ROUNDS * 10_000
);
