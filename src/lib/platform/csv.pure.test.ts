import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell, readCsv, toCsv } from './csv.ts';

describe('a file of comma-separated values', () => {
	test('begins with a byte order mark and ends every line with CR LF', () => {
		expect(
			toCsv([
				['nama', 'n'],
				['Sri', 5]
			])
		).toBe('\uFEFFnama,n\r\nSri,5\r\n');
	});

	test('quotes what would break a line or a cell', () => {
		expect(csvCell('desa, kelurahan')).toBe('"desa, kelurahan"');
		expect(csvCell('kata "baik"')).toBe('"kata ""baik"""');
		expect(csvCell('dua\nbaris')).toBe('"dua\nbaris"');
	});

	test.each([
		'=1+1',
		'+62811',
		'-2',
		'@SUM(A1)',
		'\t=1',
		'\r=1',
		'\0=1',
		'＝1',
		'＋1',
		'－1',
		'＠x'
	])('never starts a cell with what a spreadsheet runs: %j', (text) => {
		expect(csvCell(text).replace(/^"/, '')[0]).toBe("'");
	});

	test('leaves numbers numbers, also below zero, and writes none for what is not one', () => {
		expect(csvCell(-12.5)).toBe('-12.5');
		expect(csvCell(NaN)).toBe('');
		expect(csvCell(null)).toBe('');
	});

	test('gives back every cell as it was, but for the apostrophe', () => {
		fc.assert(
			fc.property(fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 }), (rows) => {
				const read = parse(toCsv(rows));
				expect(read).toEqual(rows.map((row) => row.map((cell) => unquoted(csvCell(cell)))));
			})
		);
	});
});

const unquoted = (cell: string) =>
	cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** A reader of RFC 4180, written apart from the writer. */
function parse(file: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 1;
	while (at < file.length) {
		let cell = '';
		if (file[at] === '"') {
			for (at++; file[at] !== '"' || file[at + 1] === '"'; at++) {
				if (file[at] === '"') at++;
				cell += file[at];
			}
			at++;
		} else while (file[at] !== ',' && file[at] !== '\r') cell += file[at++];
		row.push(cell);
		if (file[at] === ',') at++;
		else {
			rows.push(row);
			row = [];
			at += 2;
		}
	}
	return rows;
}

describe('reading a file of comma-separated values', () => {
	test('finds again whatever was written, formulas too', () => {
		const cell = fc.string({ unit: fc.constantFrom(...'ab",;\n\t=+-@ é😀') });
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
				const file = toCsv([['kolom a', 'kolom b', 'kolom c'], ...rows]);
				const filled = rows.filter((row) => row.some((each) => each.trim() !== ''));
				expect(
					readCsv(file)
						?.slice(1)
						.map(({ cells }) => cells)
				).toEqual(filled);
			})
		);
	});

	test('takes the separator that the first line has most of, and counts lines as an editor does', () => {
		expect(readCsv('a;b,c;d\n\n"x\ny";2;3')).toEqual([
			{ line: 1, cells: ['a', 'b,c', 'd'] },
			{ line: 3, cells: ['x\ny', '2', '3'] }
		]);
		expect(readCsv('a\tb\r1\t2')).toHaveLength(2);
		expect(readCsv('')).toEqual([]);
	});

	test('gives nothing when a quotation mark is never closed', () => {
		expect(readCsv('a,b\n"x,1\ny,2')).toBeNull();
	});
});
