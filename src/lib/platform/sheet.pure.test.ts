import { expect, test } from 'vitest';
import { sheetCsv, type Sheet } from './sheet.ts';

const sheet: Sheet = {
	name: 'Hasil',
	columns: [
		{ title: 'Nama', width: 20 },
		{ title: 'Benar', width: 10 }
	],
	rows: [
		['Sri', { share: 1 / 3 }],
		['=SUM(A1)', 2.5],
		['Budi', null],
		['Wati', Number.NaN]
	]
};

test('a sheet is written with its heading, shares as numbers, formulas as text', () => {
	expect(sheetCsv(sheet)).toBe(
		"\uFEFFNama,Benar\r\nSri,0.3333\r\n'=SUM(A1),2.5\r\nBudi,\r\nWati,\r\n"
	);
});
