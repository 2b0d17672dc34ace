/**
 * Reads the course from disk: one folder per module, and beside them what lessons
 * share: `tools/`, `diagrams/`, `glossary.yaml`.
 *
 * Whoever edits the text learns of every mistake at once, with file and line;
 * with a single mistake there is no course at all.
 */
import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Course, Module } from '../course.ts';
import type { Place } from './item-file.ts';
import { LOCK_FILE } from './lock-file.ts';
import { prework } from '../progress.ts';
import { Mistakes } from './mistakes.ts';
import { MODULE_FILE, readModule, slugIn } from './module-folder.ts';
import { readTestForms, TESTS } from './test-files.ts';
import { DIAGRAMS, GLOSSARY, readSupplies, TOOLS } from './supplies.ts';

export { ContentError } from './mistakes.ts';

const BESIDE_MODULES: readonly string[] = [TOOLS, DIAGRAMS, GLOSSARY, TESTS, LOCK_FILE];

/**
 * Throws one ContentError that lists everything that is wrong. `takenIds` learns
 * where each item stands.
 */
export function readCourse(dir: string, takenIds = new Map<string, Place>()): Course {
	const mistakes = new Mistakes();
	const supplies = readSupplies(dir, mistakes);
	const modules: Module[] = [];
	const entries = entriesOf(dir);
	for (const entry of entries) {
		const folder = join(dir, entry.name);
		if (!entry.isDirectory() || !slugIn(entry.name)) {
			mistakes.add(folder, 1, 'is not a folder named like 01-name-of-the-module');
			continue;
		}
		const module = readModule({ folder, supplies, takenIds }, mistakes);
		if (module && modules.some((earlier) => earlier.order === module.order)) {
			mistakes.add(join(folder, MODULE_FILE), 1, `order ${module.order} is used twice`);
		}
		if (module) modules.push(module);
	}
	refuseTwinSlugs(dir, entries, mistakes);
	if (entries.length === 0) mistakes.add(dir, 1, 'holds no module');
	refuseLongPrework(dir, modules, mistakes);
	mistakes.throwIfAny();
	// A lesson that cannot be read would come up again in every question about it.
	const test = readTestForms({ dir, modules, takenIds }, mistakes);
	mistakes.throwIfAny();
	return {
		test,
		modules: modules.toSorted((one, other) => one.order - other.order),
		tools: supplies.tools,
		terms: supplies.terms
	};
}

/** What must be a module, in the order of names, without what editors and systems leave behind. */
function entriesOf(dir: string): Dirent[] {
	return readdirSync(dir, { withFileTypes: true })
		.filter(({ name }) => !name.startsWith('.') && !BESIDE_MODULES.includes(name))
		.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function refuseTwinSlugs(dir: string, entries: readonly Dirent[], mistakes: Mistakes): void {
	const seen = new Set<string>();
	for (const { name } of entries) {
		const slug = slugIn(name);
		if (slug && seen.has(slug)) {
			mistakes.add(join(dir, name), 1, `the module "${slug}" is there twice`);
		}
		if (slug) seen.add(slug);
	}
}

/** What people read at home beside their work, in minutes. */
const MOST_PREWORK = 45;

function refuseLongPrework(dir: string, modules: readonly Module[], mistakes: Mistakes): void {
	const minutes = prework({ modules }).reduce((sum, lesson) => sum + lesson.minutes, 0);
	if (minutes > MOST_PREWORK) {
		const sentence = `the lessons before the session take ${minutes} minutes, at most ${MOST_PREWORK}`;
		mistakes.add(dir, 1, sentence);
	}
}
