/** A PostgreSQL of our own, killed while people type. */
import { expect, test } from 'vitest';
import { isSaved, storedDocument, until, type Phone } from './harness.ts';
import { openOnOwnPostgres } from './own-postgres.harness.ts';

const ROUNDS = 3;
/** Longer than a query is repeated before it is refused: the edits have to be kept meanwhile. */
const AWAY_MS = 9_000;

const stage = openOnOwnPostgres();

/** Types word after word into a field of its own; returns those that were confirmed. */
async function typeUntil(isOver: () => boolean, { doc, connection }: Phone, name: string) {
	const own = doc.getText(name);
	const confirmed: string[] = [];
	for (let n = 0; !isOver(); n++) {
		const word = `${name}-${n};`;
		for (const letter of word) own.insert(own.length, letter);
		await until(() => connection.now.state === 'saved', 30_000);
		confirmed.push(word);
	}
	return confirmed;
}

test('[ORD8] PostgreSQL is killed again and again: what was said to be saved is there, and nobody has to do anything', async () => {
	const phones = ['sri', 'wati'].map((person) => stage.phoneOf(person));
	await until(() => phones.every(isSaved));
	let isOver = false;
	let closings = 0;
	for (const { connection } of phones) {
		connection.subscribe(({ state }) => void (state === 'offline' && closings++));
	}
	const typing = phones.map((phone, n) => typeUntil(() => isOver, phone, `p${n}`));
	for (let round = 0; round < ROUNDS; round++) {
		const before = phones.map(({ doc }, n) => doc.getText(`p${n}`).length);
		await until(() =>
			phones.every(({ doc }, n) => doc.getText(`p${n}`).length > (before[n] ?? 0) + 20)
		);
		await stage.postgres.kill();
		await stage.postgres.restart();
	}
	isOver = true;
	const confirmed = (await Promise.all(typing)).flat();
	expect(confirmed.length).toBeGreaterThan(2 * ROUNDS);
	const stored = await storedDocument(stage.app, 'plan-1');
	for (const [n, { doc }] of phones.entries()) {
		expect(stored.getText(`p${n}`).toString()).toBe(doc.getText(`p${n}`).toString());
	}
	for (const word of confirmed) {
		const field = stored.getText(word.slice(0, word.indexOf('-'))).toString();
		expect(field.split(word)).toHaveLength(2);
	}
	expect(closings).toBe(0);
}, 120_000);

test('[ORD8] PostgreSQL is away for long: phones are told, and all is stored within seconds of its return', async () => {
	const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
	const phones = [sri, wati];
	await until(() => phones.every(isSaved));
	for (const { text } of phones) text.insert(0, 'x');
	await until(() => phones.every(isSaved));
	await stage.postgres.kill();
	sri.text.insert(0, 'selama mati ');
	await until(() => sri.connection.now.state === 'unstored', 2 * AWAY_MS);
	wati.text.insert(0, 'juga ');
	await stage.postgres.restart();
	await until(() => phones.every(isSaved));
	await until(() => sri.text.toString() === wati.text.toString());
	expect(await stage.storedTitle()).toBe(sri.text.toString());
}, 60_000);
