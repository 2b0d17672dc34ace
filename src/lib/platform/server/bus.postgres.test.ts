import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newDatabase, type TestDatabase } from '../../../../tests/open-app.ts';
import { BUS_BODY_BYTES, openBus, type Bus } from './bus.ts';

let database: TestDatabase;
let ani: Listening;
let budi: Listening;

interface Listening {
	bus: Bus;
	heard: string[];
	missed: number;
}

/** What Node or the driver complains about meanwhile: once in the life of a process. */
const warnings: string[] = [];
process.on('warning', ({ message }) => warnings.push(message));

beforeEach(async () => {
	database = await newDatabase();
	[ani, budi] = [await listening(), await listening()];
	await until(() => ani.missed > 0 && budi.missed > 0);
});

afterEach(async () => {
	await ani.bus.close();
	await budi.bus.close();
	await database.drop();
});

async function listening(): Promise<Listening> {
	const bus = await openBus(database.url, () => {});
	if (!bus) throw new Error('PostgreSQL has a bus');
	const at: Listening = { bus, heard: [], missed: 0 };
	bus.subscribe('news', { hear: (body) => at.heard.push(body), missed: () => at.missed++ });
	return at;
}

async function until(what: () => boolean): Promise<void> {
	const end = performance.now() + 15_000;
	while (!what()) {
		if (performance.now() > end) throw new Error(`never happened: ${what.toString()}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

async function asAdministrator(query: string): Promise<pg.QueryResult> {
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	try {
		return await client.query(query);
	} finally {
		await client.end();
	}
}

const cutAll = () =>
	asAdministrator(
		`select pg_terminate_backend(pid) from pg_stat_activity
		where application_name = 'rembuk bus' and datname = current_database()`
	);

test('asks its connection for one thing at a time', async () => {
	for (const topic of ['satu', 'dua', 'tiga']) {
		ani.bus.subscribe(topic, { hear: (body) => ani.heard.push(body), missed: () => {} });
		ani.bus.publish('news', `dari ${topic}`);
	}
	await until(() => budi.heard.length === 3);
	for (const topic of ['satu', 'dua', 'tiga']) budi.bus.publish(topic, topic);
	await until(() => ani.heard.length === 3);
	expect(warnings).toEqual([]);
});

test('what one process says every other hears, in order, and itself not', async () => {
	for (const body of ['satu', 'dua', 'tiga']) ani.bus.publish('news', body);
	await until(() => budi.heard.length === 3);
	expect(budi.heard).toEqual(['satu', 'dua', 'tiga']);
	budi.bus.publish('news', 'empat');
	await until(() => ani.heard.length === 1);
	expect(ani.heard).toEqual(['empat']);
});

test('what belongs to another topic is not heard', async () => {
	ani.bus.publish('weather', 'hujan');
	ani.bus.publish('news', 'satu');
	await until(() => budi.heard.length > 0);
	expect(budi.heard).toEqual(['satu']);
});

test('the largest body passes, a larger one is refused before it is sent', async () => {
	const largest = 'x'.repeat(BUS_BODY_BYTES);
	ani.bus.publish('news', largest);
	await until(() => budi.heard.length === 1);
	expect(budi.heard[0]).toBe(largest);
	expect(() => ani.bus.publish('news', `${largest}x`)).toThrow('do not fit');
	expect(() => ani.bus.publish('news', 'é'.repeat(BUS_BODY_BYTES / 2 + 1))).toThrow('do not fit');
});

test('a connection that is cut comes back by itself, and its listener learns of the gap', async () => {
	const before = [ani.missed, budi.missed];
	await cutAll();
	await until(() => ani.missed > (before[0] ?? 0) && budi.missed > (before[1] ?? 0));
	ani.bus.publish('news', 'kembali');
	await until(() => budi.heard.includes('kembali'));
});

test('what is said while there is no connection waits for one', async () => {
	const bus = await openBus(database.url, () => {});
	bus?.publish('news', 'dicabut');
	await until(() => budi.heard.includes('dicabut'));
	await bus?.close();
});

test('a listener that fails takes nothing from the others', async () => {
	budi.bus.subscribe('news', {
		hear: () => {
			throw new Error('broken');
		},
		missed: () => {}
	});
	const heard: string[] = [];
	budi.bus.subscribe('news', { hear: (body) => heard.push(body), missed: () => {} });
	ani.bus.publish('news', 'satu');
	await until(() => heard.length === 1);
});

test('a process that has ended its bus holds no connection', async () => {
	await ani.bus.close();
	ani.bus.publish('news', 'terlambat');
	const open = await asAdministrator(
		`select count(*)::int as n from pg_stat_activity
		where application_name = 'rembuk bus' and datname = current_database()`
	);
	expect(open.rows).toEqual([{ n: 1 }]);
});
