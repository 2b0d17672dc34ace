/**
 * A lesson is two files, `<nn>-<slug>.id.md` and `<nn>-<slug>.en.md`: front
 * matter in YAML, then Markdown. Both say the same thing, so both must be there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { languages, phases, type InBoth, type Language, type Lesson } from '../course.ts';
import { countWords, findProblems, renderMarkdown, sectionsOf } from './markdown.ts';
import type { Mistakes } from './mistakes.ts';
import { readYaml, type YamlPart } from './yaml-part.ts';

/** What can be read in a few minutes on a phone between two chores. */
const WORDS = { fewest: 400, most: 700 };

const REQUIRED_SECTIONS = {
	id: ['Contoh', 'Kegiatan', 'Refleksi'],
	en: ['Example', 'Activity', 'Reflection']
} satisfies InBoth<readonly string[]>;

export const text = v.pipe(v.string(), v.trim(), v.minLength(1));
export const texts = v.pipe(v.array(text), v.minLength(1));
export const minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));

const frontMatter = v.strictObject({
	title: text,
	minutes,
	phase: v.picklist(phases),
	objectives: texts,
	sources: texts
});
type FrontMatter = v.InferOutput<typeof frontMatter>;

interface LessonText {
	readonly file: string;
	readonly front: YamlPart<FrontMatter>;
	readonly html: string;
}

export interface LessonFiles {
	readonly folder: string;
	readonly moduleSlug: string;
	/** Without language and ending: `01-dari-gudang-buku`. */
	readonly stem: string;
	readonly slug: string;
	readonly found: readonly Language[];
}

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readLesson(files: LessonFiles, mistakes: Mistakes): Lesson | null {
	for (const language of languages.filter((wanted) => !files.found.includes(wanted))) {
		const [other = language] = files.found;
		const missing = `${files.stem}.${language}.md`;
		mistakes.add(fileOf(files, other), 1, `its twin in the other language is missing: ${missing}`);
	}
	const [id, en] = languages.map((language) =>
		files.found.includes(language) ? readText(fileOf(files, language), language, mistakes) : null
	);
	if (!id || !en) return null;
	compareTwins(id, en, mistakes);
	const inBoth = <T>(pick: (from: LessonText) => T): InBoth<T> => ({ id: pick(id), en: pick(en) });
	return {
		moduleSlug: files.moduleSlug,
		slug: files.slug,
		phase: id.front.value.phase,
		minutes: id.front.value.minutes,
		title: inBoth(({ front }) => front.value.title),
		objectives: inBoth(({ front }) => front.value.objectives),
		sources: inBoth(({ front }) => front.value.sources),
		html: inBoth(({ html }) => html)
	};
}

function fileOf({ folder, stem }: LessonFiles, language: Language): string {
	return join(folder, `${stem}.${language}.md`);
}

function readText(file: string, language: Language, mistakes: Mistakes): LessonText | null {
	const parts = splitFrontMatter(readFileSync(file, 'utf8'));
	if (!parts) {
		mistakes.add(file, 1, 'has no front matter between two lines of ---');
		return null;
	}
	const { yaml, body, bodyLine } = parts;
	checkBody({ file, language, body, bodyLine }, mistakes);
	const front = readYaml(frontMatter, { file, text: yaml, firstLine: 2 }, mistakes);
	return front && { file, front, html: renderMarkdown(body) };
}

function splitFrontMatter(source: string) {
	const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
	const end = lines.indexOf('---', 1);
	if (lines[0] !== '---' || end === -1) return null;
	return {
		yaml: lines.slice(1, end).join('\n'),
		body: lines.slice(end + 1).join('\n'),
		bodyLine: end + 2
	};
}

interface Body {
	readonly file: string;
	readonly language: Language;
	readonly body: string;
	/** The line of the file on which the body begins. */
	readonly bodyLine: number;
}

function checkBody({ file, language, body, bodyLine }: Body, mistakes: Mistakes): void {
	for (const { line, sentence } of findProblems(body)) {
		mistakes.add(file, bodyLine - 1 + line, sentence);
	}
	const sections = sectionsOf(body);
	for (const section of REQUIRED_SECTIONS[language]) {
		if (!sections.includes(section)) {
			mistakes.add(file, bodyLine, `the heading "## ${section}" is missing`);
		}
	}
	const words = countWords(body);
	if (words < WORDS.fewest || words > WORDS.most) {
		const sentence = `has ${words} words, a lesson has ${WORDS.fewest} to ${WORDS.most}`;
		mistakes.add(file, bodyLine, sentence);
	}
}

function compareTwins(id: LessonText, en: LessonText, mistakes: Mistakes): void {
	for (const field of ['minutes', 'phase'] as const) {
		const [here, there] = [en.front.value[field], id.front.value[field]];
		if (here === there) continue;
		const sentence = `the field "${field}" is ${here}, but ${there} in the other language`;
		mistakes.add(en.file, en.front.lineOf([field]), sentence);
	}
}
