import { unzipSync, strFromU8 } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Sheet } from '../sheet.ts';
import { toXlsx } from './workbook.ts';

const sheets: Sheet[] = [
	{
		name: 'Per pelajaran',
		columns: [
			{ title: 'Pelajaran', width: 40 },
			{ title: 'Benar', width: 10 },
			{ title: 'n', width: 6 }
		],
		rows: [
			['Dari gudang buku ke ruang belajar', { share: 0.4231 }, 26],
			['=HYPERLINK("http://jahat.example")', 1234567.8, null],
			['Bapak & Ibu <b>\u0001</b>', Number.NaN, 0]
		]
	},
	{ name: 'Kosong', columns: [{ title: 'Nama', width: 20 }], rows: [] }
];

test('a workbook is read again as it was written, numbers as numbers', async () => {
	const read = await readXlsxFile(await toXlsx(sheets));
	expect(read).toEqual([
		{
			sheet: 'Per pelajaran',
			data: [
				['Pelajaran', 'Benar', 'n'],
				['Dari gudang buku ke ruang belajar', 0.4231, 26],
				['=HYPERLINK("http://jahat.example")', 1234567.8, null],
				['Bapak & Ibu <b></b>', null, 0]
			]
		},
		{ sheet: 'Kosong', data: [['Nama']] }
	]);
});

test('a workbook holds no formula, whatever is written into it', async () => {
	const files = unzipSync(new Uint8Array(await toXlsx(sheets)));
	const xml = Object.entries(files)
		.filter(([path]) => path.startsWith('xl/worksheets/'))
		.map(([, content]) => strFromU8(content))
		.join('');
	expect(xml).toContain('<c ');
	expect(xml).not.toMatch(/<f[ >/]/);
});
