import { describe, expect, test } from 'vitest';
import { filledBy, leftOver, linesOf, readFilled, writeFilled } from './filled-tool.ts';
import type { Tool, ToolPart } from './tool.ts';

const both = (text: string) => ({ id: text, en: `${text} (en)` });
const parts: ToolPart[] = [
	{ kind: 'note', text: both('Isi berdua.') },
	{ kind: 'text', label: both('Tanggal'), lines: 1 },
	{
		kind: 'choice',
		label: both('Buka'),
		options: { id: ['Ya', 'Belum'], en: ['Yes', 'Not yet'] }
	},
	{ kind: 'check', label: both('Lampu') },
	{
		kind: 'table',
		label: both('Jadwal'),
		columns: { id: ['Hari', 'Siapa'], en: ['Day', 'Who'] },
		rows: 2
	}
];
const sheet: Tool = { slug: 'lembar', title: both('Lembar'), purpose: both('Untuk apa'), parts };
const sent = {
	'text: Tanggal': '22 Mei',
	'choice: Buka': 'Belum',
	'check: Lampu': 'v',
	'table: Jadwal[0][0]': 'Senin',
	'table: Jadwal[0][1]': 'Sri'
};

describe('a filled sheet', () => {
	test('comes back as it was sent, in the words of the reader', () => {
		const filled = readFilled(writeFilled(filledBy(sheet, sent)));
		expect(linesOf(sheet, filled, 'en', 'done')).toEqual([
			{ label: 'Tanggal (en)', text: '22 Mei' },
			{ label: 'Buka (en)', text: 'Not yet' },
			{ label: 'Lampu (en)', text: 'done' },
			{ label: 'Jadwal (en)', text: 'Senin | Sri' }
		]);
	});

	test('says nothing while nothing is written', () => {
		expect(writeFilled(filledBy(sheet, { 'text: Tanggal': ' ' }))).toBe('');
		expect(linesOf(sheet, readFilled(''), 'id', 'ya')).toEqual([]);
	});

	test('keeps its entries in place when the sheet gains a part', () => {
		const grown = {
			...sheet,
			parts: [{ kind: 'check', label: both('Kipas') } as const, ...parts]
		};
		const filled = readFilled(writeFilled(filledBy(sheet, sent)));
		expect(linesOf(grown, filled, 'id', 'ya').map(({ label }) => label)).toEqual([
			'Tanggal',
			'Buka',
			'Lampu',
			'Jadwal'
		]);
	});

	test('still shows what was written on a part that is gone, and keeps it', () => {
		const shrunk = { ...sheet, parts: parts.slice(0, 2) };
		const filled = readFilled(writeFilled(filledBy(sheet, sent)));
		expect(leftOver(shrunk, filled)).toEqual([
			{ name: 'choice: Buka', label: 'Buka', text: 'Belum' },
			{ name: 'check: Lampu', label: 'Lampu', text: 'v' },
			{ name: 'table: Jadwal', label: 'Jadwal', text: 'Senin | Sri' }
		]);
		const again = filledBy(shrunk, { 'text: Tanggal': '23 Mei', 'choice: Buka': 'Belum' });
		expect(linesOf(shrunk, again, 'id', 'ya')).toEqual([
			{ label: 'Tanggal', text: '23 Mei' },
			{ label: 'Buka', text: 'Belum' }
		]);
	});

	test('loses nothing of a text that was no sheet', () => {
		expect(linesOf(null, readFilled('tulisan lama'), 'id', 'ya')).toEqual([
			{ label: '', text: 'tulisan lama' }
		]);
		expect(linesOf(null, readFilled('{"a":{"b":1}}'), 'id', 'ya')[0]?.text).toBe('{"a":{"b":1}}');
	});
});
