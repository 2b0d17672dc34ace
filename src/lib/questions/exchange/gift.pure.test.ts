import fc from 'fast-check';
import { parse } from 'gift-pegjs';
import { describe, expect, test } from 'vitest';
import type { Item } from '../items/kinds.ts';
import type { DraftItem, ProblemCode } from './draft.ts';
import { namedItem } from './draft.ts';
import { readGift } from './gift-read.ts';
import { giftFile, giftOf } from './gift-write.ts';
import { anyDraft } from './testing/any-item.ts';

const one = (gift: string) => {
	const [row, ...more] = readGift(gift);
	expect(more).toEqual([]);
	if (!row) throw new Error('nothing was read');
	return row;
};
const draft = (gift: string) => {
	const { draft, problems } = one(gift);
	expect(problems).toEqual([]);
	return draft;
};
const problemsIn = (gift: string): ProblemCode[] => one(gift).problems.map(({ code }) => code);
const both = <T>(said: T) => ({ id: said, en: said });

describe('a question in GIFT', () => {
	test('may be true or false, the comment on the right answer being its explanation', () => {
		expect(draft('::T1:: Membaca itu hak. {TRUE#Sayang sekali.#Tepat.}')).toMatchObject({
			kind: 'truefalse',
			question: both('Membaca itu hak.'),
			answer: 'a',
			explanation: both('Tepat. Sayang sekali.')
		});
		expect(draft('Membaca itu mahal. {F}')).toMatchObject({ kind: 'truefalse', answer: 'b' });
	});

	test('may have one right option, comments and a general feedback', () => {
		const gift =
			'::S1::Apa itu TPBIS? {=Transformasi#Betul. ~Nama buku#Bukan. ~%0%Aplikasi ####Lihat A1.}';
		expect(draft(gift)).toEqual({
			kind: 'single',
			question: both('Apa itu TPBIS?'),
			options: both({ a: 'Transformasi', b: 'Nama buku', c: 'Aplikasi' }),
			answer: 'a',
			explanation: both('Lihat A1. “Transformasi”: Betul. “Nama buku”: Bukan.')
		});
	});

	test('may have several, by their shares', () => {
		const gift = 'Siapa mitra? {\n~%50%Kader\n~%-100%Nobita\n~%50%Karang taruna\n}';
		expect(draft(gift)).toMatchObject({
			kind: 'multiple',
			options: both({ a: 'Kader', b: 'Nobita', c: 'Karang taruna' }),
			answer: ['a', 'c']
		});
	});

	test('may be answered in words', () => {
		expect(draft('Singkatan kelompok informasi? {=KIM =kelompok KIM}')).toMatchObject({
			kind: 'short',
			answer: both(['KIM', 'kelompok KIM'])
		});
		expect(draft('Ibu kota Jambi? {Jambi}')).toMatchObject({ answer: both(['Jambi']) });
	});

	test('may have pairs, whose options are put in an order that gives nothing away', () => {
		const gift = 'Pasangkan. {=Senin -> tutup =Selasa -> buka = -> libur}';
		expect(draft(gift)).toMatchObject({
			kind: 'match',
			left: both({ 1: 'Senin', 2: 'Selasa' }),
			options: both({ a: 'buka', b: 'libur', c: 'tutup' }),
			answer: { 1: 'c', 2: 'a' }
		});
	});

	test('may have its gap in the middle', () => {
		expect(draft('Perpustakaan {=desa ~kota} itu dekat.')).toMatchObject({
			question: both('Perpustakaan _____ itu dekat.')
		});
	});

	test('may hold every sign of the format when a backslash is before it', () => {
		const gift = String.raw`::A\:1::Berapa 2 \= 2\{x\}\~\#\\? {=a\=b ~c\:d}`;
		expect(one(gift).title).toBe('A:1');
		expect(draft(gift)).toMatchObject({
			question: both('Berapa 2 = 2{x}~#\\?'),
			options: both({ a: 'a=b', b: 'c:d' })
		});
	});

	test('loses its HTML and keeps its words', () => {
		const gift = String.raw`[html]<p>Apa arti <b>&ldquo;ramah&rdquo;</b>?</p> {=<p>Terbuka &amp; hangat</p> ~<p>Diam</p>}`;
		expect(draft(gift)).toMatchObject({
			question: both('Apa arti “ramah”?'),
			options: both({ a: 'Terbuka & hangat', b: 'Diam' })
		});
		expect(one(gift).notes).toContain('markup');
	});

	test('without any feedback sends its reader to the lesson, and says so beforehand', () => {
		const row = one('Membaca itu hak. {T}');
		expect(row.notes).toEqual(['no_explanation', 'one_language']);
		expect(row.draft?.explanation.en).toContain('in the lesson');
	});
});

describe('a file of GIFT', () => {
	test('tells where each question begins and what category it is in, past comments', () => {
		const file = [
			'\uFEFF// disusun oleh Ani',
			'',
			'$CATEGORY: Etos Kerja/Hakikat',
			'// soal pertama',
			'Satu? {T}',
			'',
			'::Dua::Dua?',
			'// catatan di tengah',
			'{F}',
			'$CATEGORY: Lain',
			'Tiga? {T}'
		].join('\r\n');
		expect(readGift(file).map(({ line, title, place }) => [line, title, place])).toEqual([
			[5, 'Satu?', 'Etos Kerja/Hakikat'],
			[7, 'Dua', 'Etos Kerja/Hakikat'],
			[11, 'Tiga?', 'Lain']
		]);
	});

	test('gives what can be read when one question cannot', () => {
		const rows = readGift('Satu? {T}\n\nDua? {\n\nTiga? {F}');
		expect(rows.map(({ draft }) => draft !== null)).toEqual([true, false, true]);
		expect(rows[1]).toMatchObject({ line: 3, problems: [{ code: 'braces' }] });
	});
});

test.each<[ProblemCode, string]>([
	['essay', 'Ceritakan! {}'],
	['number', 'Berapa? {#42:1}'],
	['description', 'Bacalah dahulu.'],
	['braces', 'Apa? {=a ~b'],
	['braces', 'Apa? {=a ~b} lalu {T}'],
	['braces', 'Apa? {sesuatu =a ~b}'],
	['no_question', '::kosong:: {T}'],
	['no_options', 'Apa? {=a ~}'],
	['one_option', 'Apa? {~%100%a}'],
	['twin_options', 'Apa? {=a ~a}'],
	['no_answer', 'Apa? {~a ~b}'],
	['too_many_options', 'Apa? {=a ~b ~c ~d ~e}'],
	['bad_pairs', 'Apa? {=a -> b}'],
	['too_many_options', `Apa? {${'=a '.repeat(25)}}`],
	['image', '[html]Apa?<script>alert(1)</script> {T}'],
	['partial_words', 'Apa? {=%50%a =b}'],
	['image', 'Apa ini? [html]<img src="x.png"> {T}'],
	['too_long', `Apa? {=${'a'.repeat(201)} ~b}`],
	['too_long', `${'Apa? '.repeat(3_000)} {T}`]
])('whoever brings a question hears of: %s', (code, gift) => {
	expect(problemsIn(gift)).toContain(code);
	expect(one(gift).draft).toBeNull();
});

const item = (draft: DraftItem): Item => {
	const named = namedItem(draft, { id: 'X1', version: 1 });
	if (!named) throw new Error('not an item');
	return named;
};
const arrows = (text: string) => text.replaceAll('->', '→');
/** An arrow of two signs becomes one of one, and a scenario comes back as a question. */
const expected = (written: DraftItem): object => {
	const draft = JSON.parse(arrows(JSON.stringify(written))) as DraftItem;
	if (draft.kind === 'match') {
		const options = [...Object.values(draft.options.id)] as string[];
		const sorted = options.toSorted((one, other) => one.localeCompare(other, 'id'));
		return {
			kind: 'match',
			left: Object.values(draft.left.id),
			options: sorted,
			answer: Object.values(draft.answer).map(
				(key) => (draft.options.id as Record<string, string>)[key]
			)
		};
	}
	if (draft.kind === 'scenario') return { kind: 'single', answer: draft.answer };
	return draft.kind === 'multiple' ? { ...draft, answer: draft.answer.toSorted() } : draft;
};
const comparable = (draft: DraftItem | null): object | null =>
	draft?.kind === 'match'
		? {
				kind: 'match',
				left: Object.values(draft.left.id),
				options: Object.values(draft.options.id),
				answer: Object.values(draft.answer).map(
					(key) => (draft.options.id as Record<string, string>)[key]
				)
			}
		: draft?.kind === 'single'
			? { ...draft }
			: draft;

test('what is written in GIFT is read again, whatever signs its texts hold', () => {
	fc.assert(
		fc.property(anyDraft, (written) => {
			const gift = giftOf(item(written), 'id');
			if (written.kind === 'order') {
				expect(gift).toBeNull();
				return;
			}
			const { draft, problems } = one(gift ?? '');
			expect(problems).toEqual([]);
			expect(comparable(draft)).toMatchObject(expected(written));
		}),
		{ numRuns: 400 }
	);
});

test('an option with an arrow in it does not become a pair', () => {
	const [option, other] = ['usul -> rencana', 'rencana'];
	const options = { id: { a: option, b: other }, en: { a: option, b: other } };
	const text = { id: 'Apa?', en: 'Apa?' };
	const draft = {
		kind: 'single',
		question: text,
		explanation: text,
		options,
		answer: 'a'
	} as const;
	const gift = giftFile([{ name: 'm', items: [item(draft)] }], 'id');
	expect(parse(gift)[1]).toMatchObject({ type: 'MC' });
});

test('another reader of GIFT finds the same in what is written', () => {
	fc.assert(
		fc.property(anyDraft, (written) => {
			const gift = giftFile([{ name: 'modul/pelajaran', items: [item(written)] }], 'id');
			if (written.kind === 'order') {
				expect(gift).toBe('');
				return;
			}
			const [category, question, ...more] = parse(gift);
			expect(more).toEqual([]);
			expect(category).toMatchObject({ type: 'Category', title: 'modul/pelajaran' });
			const names = {
				single: 'MC',
				scenario: 'MC',
				multiple: 'MC',
				truefalse: 'TF',
				match: 'Matching',
				short: 'Short'
			};
			expect(question).toMatchObject({ type: names[written.kind], title: 'X1' });
			if (question?.type === 'TF') expect(question.isTrue).toBe(written.answer === 'a');
			if (question?.type === 'Matching' && written.kind === 'match') {
				const pairs = question.matchPairs.filter(({ subquestion }) => subquestion.text !== '');
				expect(pairs).toHaveLength(Object.keys(written.answer).length);
			}
			if (question?.type === 'MC' && written.kind === 'single') {
				const right = question.choices.filter(({ isCorrect }) => isCorrect);
				const text = (written.options.id as Record<string, string>)[written.answer] ?? '';
				const spaced = (words: string) => words.replace(/\s+/g, ' ');
				expect(right.map(({ text: said }) => spaced(said.text))).toEqual([spaced(arrows(text))]);
			}
		}),
		{ numRuns: 300 }
	);
});
