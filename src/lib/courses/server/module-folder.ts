/**
 * A module is a folder, `<nn>-<slug>`, with `module.yaml`, two files per lesson,
 * the questions of a lesson beside it, and `quiz.yaml`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { languages, type Language, type Lesson, type Module } from '../course.ts';
import { inBoth, listInBoth, minutes, SLUG, slug } from './fields.ts';
import { readLesson } from './lesson-files.ts';
import type { Mistakes } from './mistakes.ts';
import type { Place } from './item-file.ts';
import { QUESTIONS_ENDING, QUIZ_FILE, readQuestions, readQuiz } from './quiz-file.ts';
import type { Supplies } from './supplies.ts';
import { readYaml, type YamlPart } from './yaml-part.ts';

const NUMBERED = new RegExp(`^[0-9]{2}-(?<slug>${SLUG})$`);
const LESSON = new RegExp(`^(?<stem>[0-9]{2}-(?<slug>${SLUG}))\\.(?<language>[a-z]+)\\.md$`);
export const MODULE_FILE = 'module.yaml';

/** `/belajar/<module>/kuis` is the quiz and so on: what stands beside lessons and modules. */
const RESERVED = {
	lessons: ['kuis', 'cetak', 'ekspor'],
	modules: ['alat', 'cari', 'catatan', 'istilah', 'simpan', 'tes']
};

const moduleFile = v.strictObject({
	slug: v.pipe(slug, v.notValues(RESERVED.modules)),
	order: v.pipe(v.number(), v.integer(), v.minValue(1)),
	optional: v.optional(v.boolean(), false),
	title: inBoth,
	objectives: listInBoth,
	// Lessons that are not written yet; they follow those that are.
	lessons: v.optional(
		v.array(
			v.strictObject({
				slug: v.pipe(slug, v.notValues(RESERVED.lessons)),
				minutes,
				title: inBoth,
				objective: inBoth
			})
		),
		[]
	)
});
type ModuleFile = v.InferOutput<typeof moduleFile>;

/** `01-etos-kerja` → `etos-kerja`; undefined when a folder is not called like a module. */
export function slugIn(folderName: string): string | undefined {
	return NUMBERED.exec(folderName)?.groups?.slug;
}

export interface ModuleFolder {
	readonly folder: string;
	readonly supplies: Supplies;
	/** Ids of questions that modules read before have taken; this one adds its own. */
	readonly takenIds: Map<string, Place>;
}

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readModule(from: ModuleFolder, mistakes: Mistakes): Module | null {
	const { folder, takenIds } = from;
	const file = join(folder, MODULE_FILE);
	const names = readdirSync(folder)
		.filter((name) => !name.startsWith('.'))
		.sort();
	if (!names.includes(MODULE_FILE)) {
		mistakes.add(folder, 1, `${MODULE_FILE} is missing`);
		return null;
	}
	const part = readYaml(moduleFile, { file, text: readFileSync(file, 'utf8') }, mistakes);
	const moduleSlug = slugIn(basename(folder)) ?? '';
	const { lessons, slugs, files } = readLessons({ ...from, names, moduleSlug }, mistakes);
	if (!part) return null;
	if (part.value.slug !== moduleSlug) {
		const sentence = `the field "slug" does not match the folder ${basename(folder)}`;
		mistakes.add(file, part.lineOf(['slug']), sentence);
	}
	const lessonSlugs = [...slugs, ...plannedSlugs({ file, part, written: slugs }, mistakes)];
	const { lessons: planned, ...about } = part.value;
	const quizFile = { file: join(folder, QUIZ_FILE), moduleSlug, optional: about.optional };
	const quiz = names.includes(QUIZ_FILE)
		? readQuiz({ ...quizFile, lessonSlugs, takenIds }, mistakes)
		: null;
	if (lessons.length > 0 && !names.includes(QUIZ_FILE)) {
		mistakes.add(folder, 1, `the module has lessons, but no ${QUIZ_FILE}`);
	}
	const own = names.map((name) => join(folder, name));
	return { ...about, lessons, planned, quiz, edition: editionOf([...own, ...files]) };
}

interface LessonsFolder extends ModuleFolder {
	readonly names: readonly string[];
	readonly moduleSlug: string;
}

/** The lessons that can be read, the slugs of all that are there, and files they use elsewhere. */
function readLessons(from: LessonsFolder, mistakes: Mistakes) {
	const { folder, moduleSlug, supplies } = from;
	const found = lessonsAmong(from, mistakes);
	const lessons: Lesson[] = [];
	const slugs: string[] = [];
	const files = new Set<string>();
	for (const [stem, { slug, languages: inLanguages }] of found) {
		if (slugs.includes(slug)) {
			const file = join(folder, `${stem}.${inLanguages[0]}.md`);
			mistakes.add(file, 1, `the lesson "${slug}" is there twice`);
		}
		slugs.push(slug);
		const lessonFiles = { folder, moduleSlug, stem, slug, found: inLanguages, supplies };
		const read = readLesson(lessonFiles, mistakes);
		const questions = questionsOf(from, { stem, slug }, mistakes);
		if (!read) continue;
		lessons.push({ ...read.lesson, questions });
		for (const file of read.files) files.add(file);
	}
	return { lessons, slugs, files };
}

/** By stem; a file that is no part of a module is among the mistakes. */
function lessonsAmong({ folder, names }: LessonsFolder, mistakes: Mistakes) {
	const found = new Map<string, { slug: string; languages: Language[] }>();
	const isQuestions = (name: string) => name.endsWith(QUESTIONS_ENDING);
	for (const name of names) {
		if (name === MODULE_FILE || name === QUIZ_FILE || isQuestions(name)) continue;
		const parts = LESSON.exec(name)?.groups;
		const language = languages.find((known) => known === parts?.language);
		if (!parts?.stem || !parts.slug || !language || RESERVED.lessons.includes(parts.slug)) {
			const sentence = 'is neither a lesson (01-name.id.md) nor part of a module';
			mistakes.add(join(folder, name), 1, sentence);
			continue;
		}
		const lesson = found.get(parts.stem) ?? { slug: parts.slug, languages: [] };
		lesson.languages.push(language);
		found.set(parts.stem, lesson);
	}
	for (const name of names.filter(isQuestions)) {
		const stem = name.slice(0, -QUESTIONS_ENDING.length);
		if (!found.has(stem)) mistakes.add(join(folder, name), 1, `there is no lesson ${stem}.id.md`);
	}
	return found;
}

function questionsOf(
	{ folder, moduleSlug, takenIds }: LessonsFolder,
	{ stem, slug }: { stem: string; slug: string },
	mistakes: Mistakes
) {
	const file = join(folder, stem + QUESTIONS_ENDING);
	const lesson = { moduleSlug, slug };
	if (existsSync(file)) return readQuestions({ file, lesson, takenIds }, mistakes);
	const sentence = `ends without questions: ${stem}${QUESTIONS_ENDING} is missing`;
	mistakes.add(join(folder, `${stem}.id.md`), 1, sentence);
	return [];
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
function editionOf(files: readonly string[]): string {
	const hash = createHash('sha256');
	for (const file of files.filter((each) => existsSync(each))) {
		const content = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
		hash.update(`${basename(file)}\0${content}\0`);
	}
	return hash.digest('hex').slice(0, 12);
}
