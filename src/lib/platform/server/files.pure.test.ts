import { describe, expect, test } from 'vitest';
import type { Sheet } from '../sheet.ts';
import { csvFile, fileToTake, workbookFile } from './files.ts';

const sheet = (name: string): Sheet => ({
	name,
	columns: [{ title: 'Nama', width: 20 }],
	rows: [['Sri'], ['Budi']]
});

/** A file that counts how often it was made. */
function counted(from: unknown, text: string) {
	const made = { times: 0 };
	const make = () => {
		made.times++;
		return Buffer.from(text);
	};
	const file = fileToTake({ name: 'daftar.txt', mediaType: 'text/plain', from, make });
	return { file, made };
}

describe('a file to take along', () => {
	test('is as large as was said, whatever it is', async () => {
		for (const file of [workbookFile('a.xlsx', [sheet('Daftar')]), csvFile('a.csv', sheet('é'))]) {
			expect(await file.sizeBytes()).toBe((await file.content()).length);
		}
	});

	test('is not made again to say its size while it would be the same', async () => {
		const first = counted(['same'], 'twelve bytes');
		const again = counted(['same'], 'twelve bytes');
		expect([await first.file.sizeBytes(), await again.file.sizeBytes()]).toEqual([12, 12]);
		expect([first.made.times, again.made.times]).toEqual([1, 0]);
	});

	test('is measured anew when what it is made from has changed', async () => {
		const before = counted([1], 'one');
		const after = counted([1, 2], 'one, two');
		expect([await before.file.sizeBytes(), await after.file.sizeBytes()]).toEqual([3, 8]);
	});

	test('is not made before somebody asks', () => {
		expect(counted(['nobody'], 'asks').made.times).toBe(0);
	});
});
