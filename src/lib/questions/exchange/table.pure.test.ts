import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, toCsv } from '#lib/platform/csv.ts';
import { namedItem, type ProblemCode } from './draft.ts';
import { readTable } from './table-read.ts';
import { tableFile } from './table-write.ts';
import { anyDraft } from './testing/any-item.ts';

const read = (csv: string) => readTable(readCsv(csv) ?? []);
const row = (cells: Readonly<Record<string, string>>) => {
	const { rows } = read(toCsv([Object.keys(cells), Object.values(cells)]));
	const [only] = rows;
	if (!only) throw new Error('nothing was read');
	return only;
};
const single = {
	jenis: 'satu',
	pelajaran: 'Hakikat Etos Kerja',
	pertanyaan: 'Apa itu TPBIS?',
	a: 'Nama buku',
	b: 'Transformasi',
	jawaban: 'b',
	penjelasan: 'Lihat A1.'
};
const both = <T>(said: T) => ({ id: said, en: said });

describe('a table of questions', () => {
	test('says in each row what is asked, and where it belongs', () => {
		expect(row(single)).toEqual({
			line: 2,
			title: 'Apa itu TPBIS?',
			place: 'Hakikat Etos Kerja',
			draft: {
				kind: 'single',
				question: both('Apa itu TPBIS?'),
				options: both({ a: 'Nama buku', b: 'Transformasi' }),
				answer: 'b',
				explanation: both('Lihat A1.')
			},
			problems: [],
			notes: ['one_language']
		});
	});

	test('may say it in both languages, with columns in any order and in English', () => {
		const { draft, notes } = row({
			answer: 'b',
			question_en: 'What is it?',
			question: 'Apa itu?',
			kind: 'single',
			b: 'dua',
			b_en: 'two',
			a: 'satu',
			a_en: 'one',
			explanation: 'Begitu.',
			explanation_en: 'So it is.'
		});
		expect(draft).toMatchObject({
			question: { id: 'Apa itu?', en: 'What is it?' },
			options: { id: { a: 'satu', b: 'dua' }, en: { a: 'one', b: 'two' } }
		});
		expect(notes).toEqual([]);
	});

	test('may come from Excel, with semicolons, and names the lines it cannot read', () => {
		const { rows, unknownColumns } = read(
			'\uFEFFJenis;Pertanyaan;A;B;Jawaban;Warna\r\nsatu;"Apa;\r\nitu?";x;y;a;biru\r\n\r\nentah;Apa?;x;y;a;\r\n'
		);
		expect(unknownColumns).toEqual(['Warna']);
		expect(rows.map(({ line, problems }) => [line, problems.map(({ code }) => code)])).toEqual([
			[2, []],
			[5, ['unknown_kind']]
		]);
	});

	test('without its columns cannot be read at all', () => {
		expect(read('nama,umur\r\nSri,40\r\n')).toMatchObject({ readable: false, rows: [] });
		expect(read('')).toMatchObject({ readable: false });
	});
});

test.each<[ProblemCode, Record<string, string>]>([
	['unknown_kind', { jenis: '' }],
	['no_question', { pertanyaan: '' }],
	['one_option', { b: '' }],
	['twin_options', { b: 'Nama buku' }],
	['no_answer', { jawaban: '' }],
	['unknown_answer', { jawaban: 'e' }],
	['unknown_answer', { jawaban: 'toString' }],
	['many_answers', { jawaban: 'a b' }],
	['too_many_options', { c: 'tiga', d: 'empat', e: 'lima' }],
	['half_translated', { pertanyaan_en: 'What is it?' }],
	['too_long', { a: 'x'.repeat(201) }],
	['no_scenario', { jenis: 'skenario' }],
	['no_reasons', { jenis: 'skenario', skenario: 'Seorang ibu datang.', alasan_a: 'kurang' }],
	['bad_order', { jenis: 'urutan', jawaban: 'a b' }],
	['bad_order', { jenis: 'urutan', jawaban: 'b' }],
	['bad_pairs', { jenis: 'pasangan', kiri_1: 'Senin', kiri_2: 'Selasa', jawaban: '1a' }],
	['bad_pairs', { jenis: 'pasangan', kiri_1: 'Senin', kiri_2: 'Selasa', jawaban: '1a 2d' }],
	['no_words', { jenis: 'isian', jawaban: '?!' }],
	['too_many_options', { jenis: 'isian', jawaban: 'a|'.repeat(25) }],
	['unknown_answer', { jenis: 'benar-salah', jawaban: 'mungkin' }]
])('whoever brings a table hears of: %s in %j', (code, changes) => {
	const { problems, draft } = row({ ...single, ...changes });
	expect(problems.map((problem) => problem.code)).toContain(code);
	expect(draft).toBeNull();
});

test('what is written into a table is read again, every kind and both languages', () => {
	fc.assert(
		fc.property(fc.array(anyDraft, { minLength: 1, maxLength: 5 }), (drafts) => {
			const items = drafts.map((draft, at) => {
				const item = namedItem(draft, { id: `X${at + 1}`, version: 1 });
				if (!item) throw new Error('not an item');
				return { item, lesson: 'modul/pelajaran' };
			});
			const { rows, unknownColumns } = read(tableFile(items));
			expect(unknownColumns).toEqual([]);
			expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
			expect(rows.map(({ draft }) => draft)).toEqual(drafts);
			expect(rows.every(({ place }) => place === 'modul/pelajaran')).toBe(true);
		}),
		{ numRuns: 200 }
	);
});
