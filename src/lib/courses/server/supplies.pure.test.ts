import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCourse } from './content.ts';
import { openDesk, type Desk } from './testing/desk.ts';

const MODULE = '01-konsep-transformasi';
const LESSON = `${MODULE}/01-dari-gudang-buku-ke-pusat-belajar`;
const SAYS = 'Sebuah rak buku di tengah, tiga panah menuju warga';

let desk: Desk;

beforeEach(() => {
	desk = openDesk();
});
afterEach(() => desk.close());

const lessonOf = (read: ReturnType<typeof readCourse>) => read.modules[0]?.lessons[0];
const read = () => lessonOf(readCourse(desk.dir));
/** Puts a paragraph before the reflection of the Indonesian lesson. */
const say = (text: string) =>
	desk.change(`${LESSON}.id.md`, '## Refleksi', `${text}\n\n## Refleksi`);

describe('a diagram', () => {
	const svg = (drawing: string, viewBox = '0 0 360 200') =>
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">\n${drawing}\n</svg>\n`;
	const sound = svg('<rect class="d-leaf" x="1" y="2" width="3" height="4"/>');
	const draw = (id: string, en = sound) => {
		desk.write('diagrams/rak.id.svg', id);
		desk.write('diagrams/rak.en.svg', en);
	};

	test('is drawn into the lesson, with its description', () => {
		draw(svg('<text x="10" y="20">Rak &amp; <tspan class="d-leaf">warga</tspan></text>'));
		say(`![${SAYS} & "kita"](diagram:rak)`);
		expect(desk.mistakes()).toEqual([]);
		expect(read()?.html.id).toContain(
			`<figure class="diagram"><svg viewBox="0 0 360 200" role="img" aria-label="${SAYS} &amp; &quot;kita&quot;">` +
				'<text x="10" y="20">Rak &amp; <tspan class="d-leaf">warga</tspan></text></svg></figure>'
		);
		expect(read()?.html.id).not.toContain('<p><figure');
	});

	test('in another look is another edition of the module', () => {
		draw(sound);
		say(`![${SAYS}](diagram:rak)`);
		const before = readCourse(desk.dir).modules[0]?.edition;
		draw(sound.replace('d-leaf', 'd-clay'));
		expect(readCourse(desk.dir).modules[0]?.edition).not.toBe(before);
	});

	test.each([
		['<script>alert(1)</script>', '<script> has no place in a diagram'],
		['<style>text{fill:red}</style>', '<style> has no place in a diagram'],
		['<image href="http://x.id/a.png"/>', '<image> has no place in a diagram'],
		['<a><rect class="d-ink"/></a>', '<a> has no place in a diagram'],
		['<use/>', '<use> has no place in a diagram'],
		['<foreignObject/>', '<foreignObject> has no place in a diagram'],
		['<svg/>', '<svg> has no place in a diagram'],
		['<rect id="a" class="d-ink"/>', 'the attribute "id" has no place on <rect>'],
		['<rect onclick="x()" class="d-ink"/>', 'the attribute "onclick" has no place on <rect>'],
		['<rect style="fill:red" class="d-ink"/>', 'the attribute "style" has no place on <rect>'],
		['<rect class="d-ink" fill="red"/>', 'the attribute "fill" cannot be "red"'],
		['<rect class="red"/>', 'the attribute "class" cannot be "red"'],
		['<rect class="d-ink" x="calc(1px)"/>', 'the attribute "x" cannot be "calc(1px)"'],
		['<path class="d-line" d="M0 0 url(x)"/>', 'the attribute "d" cannot be "M0 0 url(x)"'],
		['<g transform="scale(2)"/>', 'the attribute "transform" cannot be "scale(2)"'],
		['<rect x="1"/>', '<rect> has no colour: give it a class'],
		['<text font-size="12">a</text>', 'text of 12 units is too small: at least 14 here'],
		[
			'<text class="d-paper">a</text>',
			'"d-paper" is no colour for text: d-ink, d-soft, d-leaf, d-turmeric, d-clay'
		],
		['<![CDATA[a]]>', 'a CDATA section has no place in a diagram'],
		['<?php x ?>', '<?php?> has no place in a diagram'],
		['<rect class="d-ink"></circle></rect>', 'is not valid SVG: Unexpected close tag'],
		['<text>&bukan;</text>', 'is not valid SVG: Invalid character entity']
	])('with %s is refused on its line', (drawing, sentence) => {
		draw(svg(drawing));
		expect(desk.mistakes()).toContain(`diagrams/rak.id.svg:2: ${sentence}`);
	});

	test('with a document type is refused', () => {
		draw(`<!DOCTYPE svg [<!ENTITY a "b">]>\n${sound}`);
		expect(desk.mistakes()).toContain('diagrams/rak.id.svg:1: a DOCTYPE has no place in a diagram');
	});

	test('needs a viewBox and something to show', () => {
		draw('<svg xmlns="http://www.w3.org/2000/svg"></svg>', svg('', '0 0 0 0'));
		expect(desk.mistakes()).toEqual([
			'diagrams/rak.en.svg:1: the picture has no viewBox',
			'diagrams/rak.en.svg:1: the picture is empty',
			'diagrams/rak.id.svg:1: the picture has no viewBox',
			'diagrams/rak.id.svg:1: the picture is empty'
		]);
	});

	test('twice as wide needs text twice as large', () => {
		draw(svg('<text font-size="27">a</text>', '0 0 720 400'));
		expect(desk.mistakes()).toEqual([
			'diagrams/rak.id.svg:2: text of 27 units is too small: at least 28 here'
		]);
	});

	test('needs its twin and a name', () => {
		desk.write('diagrams/rak.id.svg', sound);
		desk.write('diagrams/foto.png', '');
		expect(desk.mistakes()).toEqual([
			'diagrams/foto.png:1: is no diagram (name-of-the-diagram.id.svg)',
			'diagrams/rak.id.svg:1: its twin in the other language is missing: rak.en.svg'
		]);
	});

	test('that is not there, is hardly described or stands among words is heard of', () => {
		draw(sound);
		const missing = say(`![${SAYS}](diagram:lemari)`);
		const short = say('![Rak](diagram:rak)');
		const among = say(`Lihat ![${SAYS}](diagram:rak) ini.`);
		expect(desk.mistakes()).toEqual([
			`${LESSON}.id.md:${missing}: there is no diagram "lemari"`,
			`${LESSON}.id.md:${short}: the description (alt text) is too short to say what the diagram shows`,
			`${LESSON}.id.md:${among}: a diagram stands in a paragraph of its own`
		]);
	});
});

describe('a sheet', () => {
	const sheet = `title: { id: Lembar, en: Sheet }
purpose: { id: Untuk apa., en: What for. }
parts:
  - { kind: text, label: { id: Tulis, en: Write }, lines: 3 }
  - { kind: choice, label: { id: Buka, en: Open }, options: { id: [Ya, Belum], en: ['Yes', Not yet] } }
  - { kind: check, label: { id: Lampu, en: Light } }
  - { kind: table, label: { id: Jadwal, en: Rota }, columns: { id: [Hari], en: [Day] }, rows: 2 }
  - { kind: note, text: { id: Terima kasih., en: Thank you. } }
`;
	const name = (tool: string, ...files: ('id' | 'en')[]) =>
		files.map((language) =>
			desk.change(`${LESSON}.${language}.md`, /^tool: .*$/m, `tool: ${tool}`)
		);

	test('goes with a lesson', () => {
		desk.write('tools/lembar.yaml', sheet);
		name('lembar', 'id', 'en');
		const course = readCourse(desk.dir);
		expect(lessonOf(course)?.tool).toBe('lembar');
		const tool = course.tools.find(({ slug }) => slug === 'lembar');
		expect(tool).toMatchObject({ slug: 'lembar', title: { en: 'Sheet' } });
		expect(tool?.parts.map(({ kind }) => kind)).toEqual([
			'text',
			'choice',
			'check',
			'table',
			'note'
		]);
	});

	test('that changes is another edition of the module', () => {
		desk.write('tools/lembar.yaml', sheet);
		name('lembar', 'id', 'en');
		const before = readCourse(desk.dir).modules[0]?.edition;
		desk.write('tools/lembar.yaml', sheet.replace('Lampu', 'Kipas'));
		expect(readCourse(desk.dir).modules[0]?.edition).not.toBe(before);
	});

	test('is named by both languages, and is there', () => {
		const [line = 0] = name('lembar', 'id');
		desk.change(`${LESSON}.en.md`, /^tool: .*\n/m, '');
		expect(desk.mistakes()).toEqual([
			`${LESSON}.en.md:2: the field "tool" is missing, but lembar in the other language`,
			`${LESSON}.id.md:${line}: there is no sheet "lembar"`
		]);
	});

	test('is refused with unknown parts, too many lines, lists that differ', () => {
		desk.write(
			'tools/lembar.yaml',
			sheet
				.replace('kind: check', 'kind: tick')
				.replace('lines: 3', 'lines: 30')
				.replace('rows: 2', 'rows: 2, hint: x')
		);
		desk.write('tools/beda.yaml', sheet.replace(', Not yet', ''));
		desk.write('tools/Lembar.txt', '');
		expect(desk.mistakes()).toEqual([
			'tools/beda.yaml:5: the languages have different options',
			'tools/Lembar.txt:1: is no sheet (name-of-the-sheet.yaml)',
			expect.stringMatching(/^tools\/lembar.yaml:4: the field "parts.0.lines" is 30, expected/),
			expect.stringMatching(/^tools\/lembar.yaml:6: the field "parts.2.kind" is "tick", expected/),
			'tools/lembar.yaml:7: the field "parts.3.hint" is not known'
		]);
	});
});

describe('the glossary', () => {
	const term = (slug: string) =>
		`- slug: ${slug}\n  term: { id: Tikar, en: Mat }\n  meaning: { id: Alas duduk., en: To sit on. }\n`;
	const own = readFileSync('content/glossary.yaml', 'utf8');

	test('explains a word of a lesson on the same page', () => {
		desk.write('glossary.yaml', own + term('tikar'));
		say('Gelar [tikar](istilah:tikar) dahulu.');
		expect(desk.mistakes()).toEqual([]);
		expect(read()?.html.id).toContain('<a href="#istilah-tikar" class="term">tikar</a>');
		expect(read()?.terms).toContain('tikar');
	});

	test('has each word once, and those that lessons link to', () => {
		desk.write('glossary.yaml', own + term('tikar') + term('tikar'));
		const line = say('Setiap [tamu](istilah:tamu) duduk.');
		const twice = own.split('\n').length + 3;
		expect(desk.mistakes()).toEqual([
			`${LESSON}.id.md:${line}: the glossary has no term "tamu"`,
			`glossary.yaml:${twice}: the term "tikar" is there twice`
		]);
	});
});

describe('the questions of a lesson', () => {
	const item = (id: string) => `  - id: ${id}
    version: 1
    kind: truefalse
    question: { id: Benarkah?, en: Is it? }
    options: { id: { a: Benar, b: Salah }, en: { a: 'True', b: 'False' } }
    answer: a
    explanation: { id: Karena begitu., en: Because. }
`;

	test('ask about that lesson', () => {
		desk.write(`${LESSON}.questions.yaml`, `items:\n${item('LA101')}${item('LA102')}`);
		expect(desk.mistakes()).toEqual([]);
		expect(read()?.questions).toMatchObject([
			{ id: 'LA101', objective: 'konsep-transformasi/dari-gudang-buku-ke-pusat-belajar' },
			{ id: 'LA102' }
		]);
	});

	test('are at least two, with ids of their own, beside their lesson', () => {
		desk.write(`${LESSON}.questions.yaml`, `items:\n${item('QA1')}`);
		desk.write(`${MODULE}/09-hilang.questions.yaml`, `items:\n${item('LA901')}${item('LA902')}`);
		expect(desk.mistakes()).toEqual([
			`${LESSON}.questions.yaml:1: has 1 items, a lesson ends with 2 to 4`,
			`${MODULE}/09-hilang.questions.yaml:1: there is no lesson 09-hilang.id.md`,
			`${MODULE}/quiz.yaml:4: QA1: this id is used twice`
		]);
	});

	test('may not carry what only a quiz has', () => {
		const text = `items:\n${item('LA101')}${item('LA102')}`;
		desk.write(
			`${LESSON}.questions.yaml`,
			text.replace('    answer', '    objective: x\n    answer')
		);
		expect(desk.mistakes()).toEqual([
			`${LESSON}.questions.yaml:7: the field "items.0.objective" is not known`
		]);
	});
});
