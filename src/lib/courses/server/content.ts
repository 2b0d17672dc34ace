/**
 * Reads the course from disk: one folder per module, `<nn>-<slug>`, with
 * `module.yaml`, two files per lesson and `quiz.yaml`.
 *
 * Whoever edits the text learns of every mistake at once, with file and line;
 * with a single mistake there is no course at all.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { languages, type Course, type Language, type Lesson, type Module } from '../course.ts';
import { minutes, readLesson, text, texts } from './lesson-files.ts';
import { Mistakes } from './mistakes.ts';
import { QUIZ_FILE, readQuiz } from './quiz-file.ts';
import { readYaml, type YamlPart } from './yaml-part.ts';

export { ContentError } from './mistakes.ts';

const NUMBERED = /^[0-9]{2}-(?<slug>[a-z0-9]+(?:-[a-z0-9]+)*)$/;
const LESSON = /^(?<stem>[0-9]{2}-(?<slug>[a-z0-9]+(?:-[a-z0-9]+)*))\.(?<language>[a-z]+)\.md$/;
const MODULE_FILE = 'module.yaml';

/** `/belajar/<module>/kuis` is the quiz, so no lesson can be called that. */
const RESERVED = 'kuis';

const slug = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), v.notValue(RESERVED));
const inBoth = v.strictObject({ id: text, en: text });

const moduleFile = v.strictObject({
	slug,
	order: v.pipe(v.number(), v.integer(), v.minValue(1)),
	optional: v.optional(v.boolean(), false),
	title: inBoth,
	objectives: v.strictObject({ id: texts, en: texts }),
	// Lessons that are not written yet; they follow those that are.
	lessons: v.optional(
		v.array(v.strictObject({ slug, minutes, title: inBoth, objective: inBoth })),
		[]
	)
});
type ModuleFile = v.InferOutput<typeof moduleFile>;

/** Throws one ContentError that lists everything that is wrong. */
export function readCourse(dir: string): Course {
	const mistakes = new Mistakes();
	const takenIds = new Set<string>();
	const modules: Module[] = [];
	for (const entry of entriesOf(dir)) {
		if (!entry.isDirectory() || !NUMBERED.test(entry.name)) {
			mistakes.add(join(dir, entry.name), 1, 'is not a folder named like 01-name-of-the-module');
			continue;
		}
		const module = readModule({ dir, name: entry.name, takenIds }, mistakes);
		if (module && modules.some((earlier) => earlier.order === module.order)) {
			mistakes.add(join(dir, entry.name, MODULE_FILE), 1, `order ${module.order} is used twice`);
		}
		if (module) modules.push(module);
	}
	refuseTwinSlugs(dir, mistakes);
	if (entriesOf(dir).length === 0) mistakes.add(dir, 1, 'holds no module');
	mistakes.throwIfAny();
	return { modules: modules.toSorted((one, other) => one.order - other.order) };
}

/** In the order of names, without what editors and systems leave behind. */
function entriesOf(dir: string): Dirent[] {
	return readdirSync(dir, { withFileTypes: true })
		.filter((entry) => !entry.name.startsWith('.'))
		.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function refuseTwinSlugs(dir: string, mistakes: Mistakes): void {
	const seen = new Set<string>();
	for (const { name } of entriesOf(dir)) {
		const slug = slugIn(name);
		if (slug && seen.has(slug)) {
			mistakes.add(join(dir, name), 1, `the module "${slug}" is there twice`);
		}
		if (slug) seen.add(slug);
	}
}

function slugIn(folderName: string): string | undefined {
	return NUMBERED.exec(folderName)?.groups?.slug;
}

interface ModuleFolder {
	readonly dir: string;
	readonly name: string;
	readonly takenIds: Set<string>;
}

function readModule({ dir, name, takenIds }: ModuleFolder, mistakes: Mistakes): Module | null {
	const folder = join(dir, name);
	const file = join(folder, MODULE_FILE);
	const names = entriesOf(folder).map((entry) => entry.name);
	if (!names.includes(MODULE_FILE)) {
		mistakes.add(folder, 1, `${MODULE_FILE} is missing`);
		return null;
	}
	const part = readYaml(moduleFile, { file, text: readFileSync(file, 'utf8') }, mistakes);
	const moduleSlug = slugIn(name) ?? '';
	const { lessons, slugs } = readLessons({ folder, names, moduleSlug }, mistakes);
	if (!part) return null;
	if (part.value.slug !== moduleSlug) {
		mistakes.add(file, part.lineOf(['slug']), `the field "slug" does not match the folder ${name}`);
	}
	const lessonSlugs = [...slugs, ...plannedSlugs({ file, part, written: slugs }, mistakes)];
	const quiz = names.includes(QUIZ_FILE)
		? readQuiz({ folder, lessonSlugs, takenIds }, mistakes)
		: null;
	if (lessons.length > 0 && !names.includes(QUIZ_FILE)) {
		mistakes.add(folder, 1, `the module has lessons, but no ${QUIZ_FILE}`);
	}
	const { lessons: planned, ...about } = part.value;
	return { ...about, lessons, planned, quiz, edition: editionOf(folder, names) };
}

interface LessonsFolder {
	readonly folder: string;
	readonly names: readonly string[];
	readonly moduleSlug: string;
}

/** The lessons that can be read, and the slugs of all that are there. */
function readLessons({ folder, names, moduleSlug }: LessonsFolder, mistakes: Mistakes) {
	const found = new Map<string, { slug: string; languages: Language[] }>();
	for (const name of names.filter((other) => other !== MODULE_FILE && other !== QUIZ_FILE)) {
		const parts = LESSON.exec(name)?.groups;
		const language = languages.find((known) => known === parts?.language);
		if (!parts?.stem || !parts.slug || !language || parts.slug === RESERVED) {
			mistakes.add(
				join(folder, name),
				1,
				'is neither a lesson (01-name.id.md) nor part of a module'
			);
			continue;
		}
		const lesson = found.get(parts.stem) ?? { slug: parts.slug, languages: [] };
		lesson.languages.push(language);
		found.set(parts.stem, lesson);
	}
	const lessons: Lesson[] = [];
	const slugs: string[] = [];
	for (const [stem, { slug, languages: inLanguages }] of found) {
		if (slugs.includes(slug)) {
			const file = join(folder, `${stem}.${inLanguages[0]}.md`);
			mistakes.add(file, 1, `the lesson "${slug}" is there twice`);
		}
		slugs.push(slug);
		const lesson = readLesson({ folder, moduleSlug, stem, slug, found: inLanguages }, mistakes);
		if (lesson) lessons.push(lesson);
	}
	return { lessons, slugs };
}

interface PlannedLessons {
	readonly file: string;
	readonly part: YamlPart<ModuleFile>;
	readonly written: readonly string[];
}

function plannedSlugs({ file, part, written }: PlannedLessons, mistakes: Mistakes): string[] {
	const planned: string[] = [];
	for (const [at, lesson] of part.value.lessons.entries()) {
		if (planned.includes(lesson.slug) || written.includes(lesson.slug)) {
			const line = part.lineOf(['lessons', at, 'slug']);
			mistakes.add(file, line, `the lesson "${lesson.slug}" is there twice`);
		}
		planned.push(lesson.slug);
	}
	return planned;
}

/** Tells two states of a module's text apart; the same on every machine. */
function editionOf(folder: string, names: readonly string[]): string {
	const hash = createHash('sha256');
	for (const name of names) {
		const content = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
		hash.update(`${name}\0${content}\0`);
	}
	return hash.digest('hex').slice(0, 12);
}
