import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDb, type TestDb } from '../../../../tests/open-db.ts';
import { searchDoc } from './db/schema/search.ts';
import { find, put, remove } from './search.ts';

const monday = new Date('2026-05-18T03:00:00Z');
const friday = new Date('2026-05-22T03:00:00Z');

describe('search', () => {
	let database: TestDb;
	const search = (query: string, options = {}) => find(database.db.read, query, options);
	const write = (ref: string, kind: string, text: string, at = monday) =>
		database.db.write((tx) => put(tx, { ref, kind, text, at }));

	beforeAll(async () => {
		database = await openTestDb();
		await write('comment:1', 'comment', 'Pelatihan sangat membantu; sinyal di desa lambat');
		await write('comment:2', 'comment', 'Kami dilatih mengelola PERPUSTAKAAN desa', friday);
		await write('plan:1', 'plan', 'Melibatkan masyarakat, layanan informasi');
	});
	afterAll(() => database.drop());

	test('finds all forms of a word', async () => {
		expect((await search('latihan')).sort()).toEqual(['comment:1', 'comment:2']);
		expect(await search('pustaka')).toEqual(['comment:2']);
		expect(await search('pustakawan')).toEqual(['comment:2']);
	});

	test('asks for all words, the last also as a beginning', async () => {
		expect(await search('desa sin')).toEqual(['comment:1']);
		expect(await search('sin desa')).toEqual([]);
	});

	test('keeps to one kind, to a number of hits and to what may be seen', async () => {
		expect(await search('melayani', { kind: 'plan' })).toEqual(['plan:1']);
		expect(await search('melayani', { kind: 'comment' })).toEqual([]);
		expect(await search('latihan', { limit: 1 })).toHaveLength(1);
		const visible = inArray(searchDoc.ref, ['comment:1']);
		expect(await search('latihan', { visible })).toEqual(['comment:1']);
	});

	test('takes what was typed as words, never as a query', async () => {
		expect(await search(`"; drop table x -- & | ! ' *`)).toEqual([]);
		expect(await search('desa OR NOT ! & | <-> :* " \' ( )')).toEqual([]);
		expect(await search('  …  ')).toEqual([]);
		expect(await search('x'.repeat(10_000))).toEqual([]);
		expect(await search('desa '.repeat(1_000))).toHaveLength(2);
	});

	test('follows a text that changes and forgets one that is removed', async () => {
		await write('plan:2', 'plan', 'kebun sayur');
		await write('plan:2', 'plan', 'kolam ikan');
		expect(await search('kebun')).toEqual([]);
		expect(await search('kolam')).toEqual(['plan:2']);
		await database.db.write((tx) => remove(tx, 'plan:2'));
		expect(await search('kolam')).toEqual([]);
	});

	test('shows the newest of equally good hits first', async () => {
		await write('plan:old', 'plan', 'arisan warga');
		await write('plan:new', 'plan', 'arisan warga', friday);
		expect(await search('arisan')).toEqual(['plan:new', 'plan:old']);
	});
});
