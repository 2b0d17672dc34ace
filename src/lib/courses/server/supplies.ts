/** What lessons share and name in their text: diagrams, sheets (alat bantu), words of the field. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type InBoth, type Language, type Term } from '../course.ts';
import type { Tool } from '../tool.ts';
import { readDiagram, type Diagram } from './diagram-file.ts';
import { SLUG } from './fields.ts';
import { readGlossary } from './glossary-file.ts';
import type { Mistakes } from './mistakes.ts';
import { readTool } from './tool-file.ts';

export const TOOLS = 'tools';
export const DIAGRAMS = 'diagrams';
export const GLOSSARY = 'glossary.yaml';

const DIAGRAM = new RegExp(`^(?<name>${SLUG})\\.(?<language>[a-z]+)\\.svg$`);
const TOOL = new RegExp(`^(?<slug>${SLUG})\\.yaml$`);

export interface Supplies {
	/** By name; `null` where a picture cannot be drawn, which is then among the mistakes. */
	readonly diagrams: ReadonlyMap<string, InBoth<Diagram | null>>;
	readonly tools: readonly Tool[];
	/** Slugs of all sheets, also of those that cannot be read. */
	readonly toolSlugs: ReadonlySet<string>;
	readonly terms: readonly Term[];
	/** The files behind a diagram or a sheet: a change in them is a change of the lesson. */
	filesOf(kind: typeof TOOLS | typeof DIAGRAMS, name: string): string[];
}

/** Reads them below the folder of the course; what is wrong is among the mistakes. */
export function readSupplies(dir: string, mistakes: Mistakes): Supplies {
	const { tools, toolSlugs } = readTools(join(dir, TOOLS), mistakes);
	return {
		diagrams: readDiagrams(join(dir, DIAGRAMS), mistakes),
		tools,
		toolSlugs,
		terms: readGlossary(join(dir, GLOSSARY), mistakes),
		filesOf: (kind, name) =>
			kind === TOOLS
				? [join(dir, TOOLS, `${name}.yaml`)]
				: languages.map((language) => join(dir, DIAGRAMS, `${name}.${language}.svg`))
	};
}

/** In the order of names, without what editors and systems leave behind. */
function namesIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => !name.startsWith('.'))
		.sort();
}

function readTools(folder: string, mistakes: Mistakes) {
	const tools: Tool[] = [];
	const toolSlugs = new Set<string>();
	for (const name of namesIn(folder)) {
		const slug = TOOL.exec(name)?.groups?.slug;
		if (!slug) {
			mistakes.add(join(folder, name), 1, 'is no sheet (name-of-the-sheet.yaml)');
			continue;
		}
		toolSlugs.add(slug);
		const tool = readTool(join(folder, name), slug, mistakes);
		if (tool) tools.push(tool);
	}
	return { tools, toolSlugs };
}

function readDiagrams(folder: string, mistakes: Mistakes) {
	const found = new Map<string, Partial<Record<Language, Diagram | null>>>();
	for (const file of namesIn(folder)) {
		const parts = DIAGRAM.exec(file)?.groups;
		const language = languages.find((known) => known === parts?.language);
		if (!parts?.name || !language) {
			mistakes.add(join(folder, file), 1, 'is no diagram (name-of-the-diagram.id.svg)');
			continue;
		}
		const diagram = readDiagram(join(folder, file), mistakes);
		found.set(parts.name, { ...found.get(parts.name), [language]: diagram });
	}
	const diagrams = new Map<string, InBoth<Diagram | null>>();
	for (const [name, { id, en }] of found) {
		diagrams.set(name, { id: id ?? null, en: en ?? null });
		if (id !== undefined && en !== undefined) continue;
		const [there, missing] = id === undefined ? ['en', 'id'] : ['id', 'en'];
		const sentence = `its twin in the other language is missing: ${name}.${missing}.svg`;
		mistakes.add(join(folder, `${name}.${there}.svg`), 1, sentence);
	}
	return diagrams;
}
