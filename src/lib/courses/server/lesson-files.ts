/**
 * A lesson is two files, `<nn>-<slug>.id.md` and `<nn>-<slug>.en.md`: front
 * matter in YAML, then Markdown. Both say the same thing, so both must be there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { languages, phases, type InBoth, type Language, type Lesson } from '../course.ts';
import { sections } from '../lesson-parts.ts';
import { minutes, text, texts } from './fields.ts';
import {
	countWords,
	diagramsIn,
	findProblems,
	renderMarkdown,
	sectionsOf,
	termsIn
} from './markdown.ts';
import type { Mistakes } from './mistakes.ts';
import { DIAGRAMS, TOOLS, type Supplies } from './supplies.ts';
import { readYaml, type YamlPart } from './yaml-part.ts';

/** What can be read in a few minutes on a phone between two chores. */
const WORDS = { fewest: 400, most: 700 };

const frontMatter = v.strictObject({
	title: text,
	minutes,
	phase: v.picklist(phases),
	objectives: texts,
	sources: texts,
	/** The sheet that goes with the activity. */
	tool: v.exactOptional(text)
});
type FrontMatter = v.InferOutput<typeof frontMatter>;

interface LessonText {
	readonly file: string;
	readonly front: YamlPart<FrontMatter>;
	readonly html: string;
	readonly terms: readonly string[];
	readonly diagrams: readonly string[];
}

export interface LessonFiles {
	readonly folder: string;
	readonly moduleSlug: string;
	/** Without language and ending: `01-dari-gudang-buku`. */
	readonly stem: string;
	readonly slug: string;
	readonly found: readonly Language[];
	/** What it may name. */
	readonly supplies: Supplies;
}

export interface ReadLesson {
	readonly lesson: Omit<Lesson, 'questions'>;
	/** Files outside of the module's folder that are part of what is read. */
	readonly files: readonly string[];
}

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readLesson(files: LessonFiles, mistakes: Mistakes): ReadLesson | null {
	for (const language of languages.filter((wanted) => !files.found.includes(wanted))) {
		const [other = language] = files.found;
		const missing = `${files.stem}.${language}.md`;
		mistakes.add(fileOf(files, other), 1, `its twin in the other language is missing: ${missing}`);
	}
	const [id, en] = languages.map((language) =>
		files.found.includes(language) ? readText(files, language, mistakes) : null
	);
	if (!id || !en) return null;
	compareTwins(id, en, mistakes);
	const inBoth = <T>(pick: (from: LessonText) => T): InBoth<T> => ({ id: pick(id), en: pick(en) });
	const tool = id.front.value.tool ?? null;
	const lesson = {
		moduleSlug: files.moduleSlug,
		slug: files.slug,
		phase: id.front.value.phase,
		minutes: id.front.value.minutes,
		title: inBoth(({ front }) => front.value.title),
		objectives: inBoth(({ front }) => front.value.objectives),
		sources: inBoth(({ front }) => front.value.sources),
		html: inBoth(({ html }) => html),
		tool,
		terms: [...new Set([...id.terms, ...en.terms])]
	};
	const { filesOf } = files.supplies;
	const diagrams = [...new Set([...id.diagrams, ...en.diagrams])];
	return {
		lesson,
		files: [
			...diagrams.flatMap((name) => filesOf(DIAGRAMS, name)),
			...(tool === null ? [] : filesOf(TOOLS, tool))
		]
	};
}

function fileOf({ folder, stem }: LessonFiles, language: Language): string {
	return join(folder, `${stem}.${language}.md`);
}

function readText(files: LessonFiles, language: Language, mistakes: Mistakes): LessonText | null {
	const file = fileOf(files, language);
	const { supplies } = files;
	const parts = splitFrontMatter(readFileSync(file, 'utf8'));
	if (!parts) {
		mistakes.add(file, 1, 'has no front matter between two lines of ---');
		return null;
	}
	const { yaml, body, bodyLine } = parts;
	checkBody({ file, language, body, bodyLine, supplies }, mistakes);
	const front = readYaml(frontMatter, { file, text: yaml, firstLine: 2 }, mistakes);
	if (!front) return null;
	const { tool } = front.value;
	if (tool !== undefined && !supplies.toolSlugs.has(tool)) {
		mistakes.add(file, front.lineOf(['tool']), `there is no sheet "${tool}"`);
	}
	const html = renderMarkdown(body, language, supplies.diagrams);
	return { file, front, html, terms: termsIn(body), diagrams: diagramsIn(body) };
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
	readonly supplies: Supplies;
}

function checkBody({ file, language, body, bodyLine, supplies }: Body, mistakes: Mistakes): void {
	for (const { line, sentence } of findProblems(body, supplies)) {
		mistakes.add(file, bodyLine - 1 + line, sentence);
	}
	const found = sectionsOf(body);
	for (const section of Object.values(sections[language])) {
		if (!found.includes(section)) {
			mistakes.add(file, bodyLine, `the heading "## ${section}" is missing`);
		}
	}
	const { reflection } = sections[language];
	if (found.includes(reflection) && found.at(-1) !== reflection) {
		mistakes.add(file, bodyLine, `"## ${reflection}" is not the last part of the lesson`);
	}
	const words = countWords(body);
	if (words < WORDS.fewest || words > WORDS.most) {
		const sentence = `has ${words} words, a lesson has ${WORDS.fewest} to ${WORDS.most}`;
		mistakes.add(file, bodyLine, sentence);
	}
}

function compareTwins(id: LessonText, en: LessonText, mistakes: Mistakes): void {
	for (const field of ['minutes', 'phase', 'tool'] as const) {
		const [here, there] = [en.front.value[field], id.front.value[field]];
		if (here === there) continue;
		const said = (value: typeof here) => value ?? 'missing';
		const sentence = `the field "${field}" is ${said(here)}, but ${said(there)} in the other language`;
		mistakes.add(en.file, en.front.lineOf([field]), sentence);
	}
}
