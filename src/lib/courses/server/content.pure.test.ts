import {
	appendFileSync,
	cpSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { itemKinds } from '#lib/questions/items/kinds.ts';
import { lessonKey } from '../course.ts';
import { readCourse } from './content.ts';
import { openDesk, type Desk } from './testing/desk.ts';

const MODULE = '01-konsep-transformasi';
const LESSON = '01-dari-gudang-buku-ke-pusat-belajar';

describe('the course of the house', () => {
	const course = readCourse('content');

	test('has the four modules and the optional one, in order', () => {
		expect(course.modules.map((module) => module.slug)).toEqual([
			'konsep-transformasi',
			'strategi-implementasi',
			'etos-kerja',
			'layanan-prima',
			'tik'
		]);
		expect(course.modules.filter((module) => module.optional).map(({ slug }) => slug)).toEqual([
			'tik'
		]);
	});

	test('has every lesson, and ten questions on each module', () => {
		const counts = course.modules.map(({ lessons }) => lessons.length);
		expect(counts).toEqual([5, 6, 5, 5, 5]);
		for (const { lessons, planned, quiz } of course.modules) {
			expect(planned).toEqual([]);
			expect(quiz?.items).toHaveLength(10);
			const asked = new Set(quiz?.items.map(({ objective }) => objective));
			expect(asked).toEqual(new Set(lessons.map(lessonKey)));
		}
	});

	test('gives each lesson a sheet for its activity and two or more questions at its end', () => {
		const lessons = course.modules.flatMap((module) => module.lessons);
		for (const { tool, questions } of lessons) {
			expect(tool).not.toBeNull();
			expect(questions.length).toBeGreaterThanOrEqual(2);
		}
	});

	test('asks in every kind of item there is', () => {
		const asked = course.modules.flatMap(({ quiz, lessons }) => [
			...(quiz?.items ?? []),
			...lessons.flatMap(({ questions }) => questions)
		]);
		expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(Object.keys(itemKinds)));
	});

	test('asks for no more than 45 minutes before the session', () => {
		const before = course.modules
			.filter(({ optional }) => !optional)
			.flatMap(({ lessons }) => lessons.filter(({ phase }) => phase === 'before'));
		expect(before.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(45);
	});

	test('leaves the h1 to the page', () => {
		for (const lesson of course.modules.flatMap((module) => module.lessons)) {
			expect(lesson.html.id).not.toContain('<h1');
			expect(lesson.html.id).toContain('<h2>Kegiatan</h2>');
			expect(lesson.html.en).toContain('<h2>Activity</h2>');
		}
	});

	test('keeps the marks of our research out of what people read', () => {
		const all = JSON.stringify(course);
		expect(all).not.toMatch(/\[S\d|\[A\*?\]/);
	});
});

describe('whoever edits the text', () => {
	let desk: Desk;
	let dir: string;
	const at = (...parts: string[]) => join(dir, MODULE, ...parts);
	const mistakes = () => desk.mistakes();
	const change = (file: string, old: string | RegExp, fresh: string) =>
		desk.change(relative(dir, file), old, fresh);

	beforeEach(() => {
		desk = openDesk();
		({ dir } = desk);
	});
	afterEach(() => desk.close());

	const id = () => at(`${LESSON}.id.md`);
	const inId = (line: number, sentence: string) => `${MODULE}/${LESSON}.id.md:${line}: ${sentence}`;

	test('is left alone when all is well', () => {
		expect(mistakes()).toEqual([]);
	});

	test('hears of a missing twin in the other language', () => {
		rmSync(at(`${LESSON}.en.md`));
		expect(mistakes()).toEqual([
			inId(1, `its twin in the other language is missing: ${LESSON}.en.md`)
		]);
	});

	test('hears of a field that is missing, unknown or not of its kind', () => {
		change(id(), 'minutes: 10\n', '');
		change(id(), /^title:/m, 'titel: x\ntitle:');
		const line = change(id(), 'phase: before', 'phase: someday');
		const heard = mistakes();
		expect(heard).toContain(inId(2, 'the field "minutes" is missing'));
		expect(heard).toContain(inId(2, 'the field "titel" is not known'));
		expect(heard).toContainEqual(
			expect.stringMatching(`${LESSON}.id.md:${line}: the field "phase" is "someday", expected`)
		);
	});

	test('hears of YAML that cannot be read and of front matter that is not there', () => {
		change(at(`${LESSON}.en.md`), 'title: From', "title: 'From");
		change(id(), '---\n', '');
		const heard = mistakes();
		expect(heard).toContain(inId(1, 'has no front matter between two lines of ---'));
		expect(heard).toContainEqual(
			expect.stringMatching(`${LESSON}.en.md:\\d+: is not valid YAML: `)
		);
	});

	test('hears of twins that disagree about time or phase', () => {
		const line = change(at(`${LESSON}.en.md`), 'minutes: 10', 'minutes: 12');
		expect(mistakes()).toEqual([
			`${MODULE}/${LESSON}.en.md:${line}: the field "minutes" is 12, but 10 in the other language`
		]);
	});

	test('hears of raw HTML, in a block and in a line', () => {
		const block = change(id(), '## Refleksi', '<script>alert(1)</script>\n\n## Refleksi');
		const inline = change(id(), 'Di desa Bapak/Ibu mungkin', 'Di desa <b>kita</b> mungkin');
		const heard = mistakes();
		expect(heard).toContain(inId(block, 'raw HTML is not allowed: <script>alert(1)</script>'));
		expect(heard).toContain(inId(inline, 'raw HTML is not allowed: <b>'));
	});

	test.each([
		'javascript:alert(1)',
		'JavaScript&colon;alert(1)',
		'java&#9;script:alert(1)',
		'data:text/html,x',
		'//example.org',
		'ftp://example.org'
	])('hears of a link to %s', (address) => {
		const line = change(id(), 'Caranya sama.', `[Caranya](<${address}>) sama.`);
		expect(mistakes()).toEqual([
			expect.stringMatching(`^${MODULE}/${LESSON}.id.md:${line}: the link ".*" is neither http`)
		]);
	});

	test('may link to the web, to a mailbox and to a neighbouring lesson', () => {
		change(
			id(),
			'Caranya sama.',
			'Caranya [sama](https://perpusnas.go.id), [surat](mailto:a@b.id), [lanjut](apa-itu-inklusi-sosial#contoh).'
		);
		expect(mistakes()).toEqual([]);
		const html = readCourse(dir).modules[0]?.lessons[0]?.html.id;
		expect(html).toContain('<a href="https://perpusnas.go.id" rel="noopener">');
		expect(html).toContain('<a href="apa-itu-inklusi-sosial#contoh">');
	});

	test('hears of an image that nobody describes', () => {
		const line = change(id(), 'Caranya sama.', 'Caranya sama.\n![](cabai.webp)');
		expect(mistakes()).toEqual([inId(line + 1, 'the image lacks a description (alt text)')]);
	});

	test('hears when a lesson is too short or too long', () => {
		appendFileSync(id(), `\n${'kata '.repeat(400)}\n`);
		writeFileSync(
			at(`${LESSON}.en.md`),
			readFileSync(at(`${LESSON}.en.md`), 'utf8').split('## A role')[0] ?? ''
		);
		const heard = mistakes();
		expect(heard).toContainEqual(
			expect.stringMatching(`${LESSON}.id.md:\\d+: has 8\\d\\d words, a lesson has 400 to 700`)
		);
		expect(heard).toContainEqual(
			expect.stringMatching(`${LESSON}.en.md:\\d+: has \\d\\d words, a lesson has 400 to 700`)
		);
	});

	test('hears of a missing example, activity or reflection', () => {
		change(id(), '## Kegiatan', '### Kegiatan');
		change(at(`${LESSON}.en.md`), '## Reflection', '## Reflections');
		const heard = mistakes();
		expect(heard).toContainEqual(
			expect.stringMatching(`${LESSON}.id.md:\\d+: the heading "## Kegiatan" is missing`)
		);
		expect(heard).toContainEqual(
			expect.stringMatching(`${LESSON}.en.md:\\d+: the heading "## Reflection" is missing`)
		);
	});

	test('hears of a part after the reflection', () => {
		appendFileSync(id(), '\n\n## Penutup\n\nTerima kasih.\n');
		expect(mistakes()).toEqual([
			expect.stringMatching(
				`${LESSON}.id.md:\\d+: "## Refleksi" is not the last part of the lesson`
			)
		]);
	});

	test('hears of an answer that is no option and of a lesson that is not there', () => {
		const answer = change(at('quiz.yaml'), 'answer: b', 'answer: e');
		const objective = change(
			at('quiz.yaml'),
			'objective: perjalanan-program',
			'objective: perjalanan'
		);
		expect(mistakes()).toEqual([
			`${MODULE}/quiz.yaml:${answer}: QA1: the key "e" is not an option`,
			`${MODULE}/quiz.yaml:${objective}: QA2: the module has no lesson "perjalanan"`
		]);
	});

	test('hears of a quiz with fewer than ten questions', () => {
		change(at('quiz.yaml'), / {2}- id: QA10[\s\S]*$/, '');
		expect(mistakes()).toEqual([`${MODULE}/quiz.yaml:1: has 9 items, a quiz has at least 10`]);
	});

	test('hears of an id that is used twice', () => {
		const line = change(at('quiz.yaml'), 'id: QA2', 'id: QA1');
		expect(mistakes()).toEqual([`${MODULE}/quiz.yaml:${line}: QA1: this id is used twice`]);
	});

	test('hears of an id that another module has taken', () => {
		desk.bring('04-layanan-prima');
		const other = join(dir, '04-layanan-prima', 'quiz.yaml');
		const line = change(other, 'id: QD10', 'id: QA10');
		expect(mistakes()).toEqual([`04-layanan-prima/quiz.yaml:${line}: QA10: this id is used twice`]);
	});

	test('hears of options that differ between the languages', () => {
		change(at('quiz.yaml'), /^ {8}d: putting up a new building.*\n/m, '');
		expect(mistakes()).toEqual([
			expect.stringMatching(/quiz.yaml:\d+: QA1: the languages have different options$/)
		]);
	});

	test('hears of a missing language, an unknown field and a wrong kind in the quiz', () => {
		change(at('quiz.yaml'), /^ {6}en: According.*\n/m, '');
		const extra = change(at('quiz.yaml'), 'kind: truefalse', 'kind: truefalse\n    hint: x');
		const kind = change(at('quiz.yaml'), /kind: single(?=\n.*perjalanan)/, 'kind: essay');
		const heard = mistakes();
		expect(heard).toContainEqual(
			expect.stringMatching(/quiz.yaml:\d+: the field "items.0.question.en" is missing/)
		);
		expect(heard).toContain(
			`${MODULE}/quiz.yaml:${extra + 1}: the field "items.4.hint" is not known`
		);
		expect(heard).toContainEqual(
			expect.stringMatching(`quiz.yaml:${kind}: the field "items.1.kind" is "essay", expected`)
		);
	});

	test('hears of a question with true and false and something else', () => {
		const line = change(
			at('quiz.yaml'),
			'{ a: Benar, b: Salah }',
			'{ a: Benar, b: Salah, c: Entah }'
		);
		expect(mistakes()).toEqual([
			`${MODULE}/quiz.yaml:${line}: the field "items.4.options.id.c" is not known`
		]);
	});

	test('hears of a lesson and of a module that are there twice', () => {
		for (const language of ['id', 'en']) {
			cpSync(
				at(`${LESSON}.${language}.md`),
				at(`09-dari-gudang-buku-ke-pusat-belajar.${language}.md`)
			);
		}
		desk.bring('05-tik');
		cpSync(join(dir, '05-tik'), join(dir, '06-tik'), { recursive: true });
		const heard = mistakes();
		expect(heard).toContain(
			`${MODULE}/09-dari-gudang-buku-ke-pusat-belajar.en.md:1: the lesson "dari-gudang-buku-ke-pusat-belajar" is there twice`
		);
		expect(heard).toContain('06-tik:1: the module "tik" is there twice');
		expect(heard).toContain('06-tik/module.yaml:1: order 5 is used twice');
	});

	test('may name lessons that are only planned', () => {
		const planned = join(dir, '09-ditunggu');
		mkdirSync(planned);
		const yaml = readFileSync(at('module.yaml'), 'utf8')
			.replace('slug: konsep-transformasi', 'slug: ditunggu')
			.replace('order: 1', 'order: 9');
		const lesson =
			'  - slug: salam\n    minutes: 8\n    title: { id: A, en: B }\n    objective: { id: A, en: B }\n';
		writeFileSync(join(planned, 'module.yaml'), `${yaml}lessons:\n${lesson}`);
		expect(mistakes()).toEqual([]);
		expect(readCourse(dir).modules.at(-1)).toMatchObject({
			lessons: [],
			planned: [{ slug: 'salam' }],
			quiz: null
		});
	});

	test('hears of a planned lesson that has been written meanwhile', () => {
		appendFileSync(
			at('module.yaml'),
			'lessons:\n  - slug: perjalanan-program\n    minutes: 8\n    title: { id: A, en: B }\n    objective: { id: A, en: B }\n'
		);
		expect(mistakes()).toEqual([
			expect.stringMatching(
				`${MODULE}/module.yaml:\\d+: the lesson "perjalanan-program" is there twice`
			)
		]);
	});

	test('hears of a slug that is not the name of its folder', () => {
		const line = change(at('module.yaml'), 'slug: konsep-transformasi', 'slug: konsep');
		expect(mistakes()).toEqual([
			`${MODULE}/module.yaml:${line}: the field "slug" does not match the folder ${MODULE}`
		]);
	});

	test('hears of files and folders that belong nowhere', () => {
		writeFileSync(join(dir, 'catatan.txt'), '');
		writeFileSync(at('01-salinan.fr.md'), '');
		writeFileSync(at('07-kuis.id.md'), '');
		mkdirSync(join(dir, '07-kosong'));
		expect(mistakes()).toEqual([
			`${MODULE}/01-salinan.fr.md:1: is neither a lesson (01-name.id.md) nor part of a module`,
			`${MODULE}/07-kuis.id.md:1: is neither a lesson (01-name.id.md) nor part of a module`,
			'07-kosong:1: module.yaml is missing',
			'catatan.txt:1: is not a folder named like 01-name-of-the-module'
		]);
	});

	test('hears of lessons without a quiz', () => {
		rmSync(at('quiz.yaml'));
		expect(mistakes()).toEqual([`${MODULE}:1: the module has lessons, but no quiz.yaml`]);
	});

	test('hears of everything at once, file by file and from top to bottom', () => {
		change(at('quiz.yaml'), 'answer: b', 'answer: e');
		change(id(), 'Caranya sama.', '<b>Caranya</b> sama.');
		change(id(), 'phase: before', 'phase: never');
		const heard = mistakes().map((mistake) => mistake.split(':').slice(0, 2).join(':'));
		expect(heard).toHaveLength(4);
		expect(heard.at(-1)).toContain('quiz.yaml');
		const lines = heard.slice(0, 3).map((place) => Number(place.split(':')[1]));
		expect(lines).toEqual(lines.toSorted((one, other) => one - other));
	});

	test('may write a title with #: it still ends up below the h1 of the page', () => {
		const file = id();
		const raised = readFileSync(file, 'utf8').replace(
			'## Peran yang bertambah',
			'# Peran yang bertambah'
		);
		writeFileSync(file, raised);
		const html = readCourse(dir).modules[0]?.lessons[0]?.html.id;
		expect(html).toContain('<h2>Peran yang bertambah</h2>');
		expect(html).toContain('<h3>Contoh</h3>');
	});

	test('changes the edition of that module alone', () => {
		const before = readCourse(dir).modules.map((module) => module.edition);
		change(id(), 'Caranya sama.', 'Caranya tetap sama.');
		const after = readCourse(dir).modules.map((module) => module.edition);
		expect(after[0]).not.toBe(before[0]);
		expect(after.slice(1)).toEqual(before.slice(1));
	});

	test('may save from Windows without changing the edition', () => {
		const before = readCourse(dir).modules[0]?.edition;
		writeFileSync(id(), readFileSync(id(), 'utf8').replaceAll('\n', '\r\n'));
		expect(mistakes()).toEqual([]);
		expect(readCourse(dir).modules[0]?.edition).toBe(before);
	});

	test('is told when there is nothing to read', () => {
		renameSync(dir, join(desk.root, 'elsewhere'));
		mkdirSync(dir);
		expect(() => readCourse(dir)).toThrow(/holds no module/);
	});
});
