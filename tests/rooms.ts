/**
 * The plan of the house: which folder stands on which floor, and who may import whom.
 *
 * A file imports only from floors below its own, never up, never sideways, not even a type; and what
 * is loaded never goes round in a circle. `findViolations` is pure: it is given the sources and says
 * what is wrong with them.
 */
import { posix } from 'node:path';
import ts from 'typescript';

const TOP = 6;

/** Folders below src/lib. A new one is refused until it has been given its floor here. */
const ROOMS: Readonly<Record<string, number>> = {
	platform: 0,
	paraglide: 0, // generated: the texts of messages/
	people: 1,
	ui: 1,
	trainings: 2,
	questions: 2,
	courses: 3,
	plans: 3,
	feedback: 3,
	monitoring: 4,
	reports: 5
};

/** Places outside src/lib. */
const PLACES: readonly { name: string; floor: number; pattern: RegExp }[] = [
	{ name: 'collab', floor: 5, pattern: /^src\/collab\// },
	{ name: 'routes', floor: TOP, pattern: /^src\/routes\// },
	{ name: 'request', floor: TOP, pattern: /^src\/request\// },
	{ name: 'demo', floor: TOP, pattern: /^src\/demo\// },
	{ name: 'service-worker', floor: TOP, pattern: /^src\/service-worker(\/|\.ts$)/ },
	{ name: 'entry', floor: TOP, pattern: /^src\/(hooks(\.\w+)?|realtime|env|params|app\.d)\.ts$/ },
	{ name: 'scripts', floor: TOP, pattern: /^scripts\// },
	{ name: 'vite', floor: TOP, pattern: /^vite\// }
];

interface Room {
	name: string;
	floor: number;
}

interface Import {
	target: string;
	/** Whether it is loaded together with the file: neither a type, which is gone by then, nor later. */
	atOnce: boolean;
}

type Imports = ReadonlyMap<string, readonly Import[]>;

/** What is wrong, one sentence each, naming the file; empty when the plan holds. */
export function findViolations(files: ReadonlyMap<string, string>): string[] {
	const imports: Imports = new Map(
		[...files].map(([path, source]) => [path, importsOf(path, source)])
	);
	return [
		...[...imports].flatMap(([path, targets]) => violationsIn(path, targets)),
		...circles(imports)
	];
}

function violationsIn(path: string, imports: readonly Import[]): string[] {
	const room = roomOf(path);
	if (!room) return [`${path}: stands in no room that the plan knows`];
	const targets = new Set(imports.map(({ target }) => target));
	return [...targets].flatMap((target) => why(path, room, target) ?? []);
}

function why(path: string, room: Room, target: string): string | null {
	if (isOfKit(target)) {
		return room.floor < TOP ? `${path}: only floor ${TOP} imports ${target}` : null;
	}
	if (room.name === 'routes' && isDatabase(target) && !isTest(path)) {
		return `${path}: a route never touches the database (${target})`;
	}
	if (!isOurSource(target)) return null;
	if (isTest(path) && target.startsWith('tests/')) return null;
	const other = roomOf(target);
	if (!other) return `${path}: imports ${target}, which stands in no room`;
	if (other.name === room.name || other.floor < room.floor) return null;
	if (other.floor === TOP && room.floor === TOP) return null;
	const direction = other.floor > room.floor ? 'upwards' : 'sideways';
	return `${path}: imports ${direction}, from ${room.name} to ${other.name} (${target})`;
}

function roomOf(path: string): Room | null {
	const inLib = /^src\/lib\/([^/]+)\/./.exec(path)?.[1];
	if (inLib !== undefined) {
		const floor = Object.hasOwn(ROOMS, inLib) ? ROOMS[inLib] : undefined;
		return floor === undefined ? null : { name: inLib, floor };
	}
	return PLACES.find(({ pattern }) => pattern.test(path)) ?? null;
}

/** With the processes that a test starts, and what several tests stand on. */
const isTest = (path: string) => /\.(test|child|harness)\.ts$/.test(path);
const isOfKit = (target: string) =>
	/^(@sveltejs\/kit|\$app|\$env|\$service-worker)(\/|$)/.test(target);
const isOurSource = (target: string) =>
	/^(src|scripts|tests|vite)\/.*\.(ts|js|mjs|svelte)$/.test(target);
const isDatabase = (target: string) =>
	/^(src\/lib\/platform\/server\/db\/|drizzle-orm|better-sqlite3$|pg$)/.test(target);

/** Targets are paths from the project's folder for our own files, names of packages for the rest. */
function importsOf(path: string, source: string): Import[] {
	const scripts = path.endsWith('.svelte') ? scriptsIn(source) : [source];
	return scripts.flatMap((script) => {
		const parsed = ts.createSourceFile(path, script, ts.ScriptTarget.Latest);
		const atOnce = new Set(parsed.statements.flatMap((statement) => loadedBy(statement) ?? []));
		return ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => ({
			target: resolve(path, fileName),
			atOnce: atOnce.has(fileName)
		}));
	});
}

/** The module a statement loads, or null: no import, or one of types alone. */
function loadedBy(statement: ts.Statement): string | null {
	if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return null;
	const { moduleSpecifier } = statement;
	if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || isOfTypes(statement)) return null;
	return moduleSpecifier.text;
}

function isOfTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
	if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
	const clause = statement.importClause;
	if (!clause) return false;
	const names = clause.namedBindings;
	const onlyTypes =
		names !== undefined &&
		ts.isNamedImports(names) &&
		names.elements.every((element) => element.isTypeOnly);
	return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || (!clause.name && onlyTypes);
}

const scriptsIn = (component: string) =>
	[...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((hit) => hit[1] ?? '');

function resolve(path: string, name: string): string {
	const plain = name.replace(/\?.*$/, '');
	if (plain.startsWith('#lib/')) return `src/lib/${plain.slice('#lib/'.length)}`;
	if (plain.startsWith('.')) return posix.join(posix.dirname(path), plain);
	return plain;
}

/** Each circle once, from the file that was met first. A component may import itself. */
function circles(imports: Imports): string[] {
	const found: string[] = [];
	const done = new Set<string>();
	const trail: string[] = [];

	function follow(path: string): void {
		if (done.has(path)) return;
		const start = trail.indexOf(path);
		if (start >= 0) {
			found.push(`${[...trail.slice(start), path].join(' → ')}: goes round in a circle`);
			return;
		}
		trail.push(path);
		for (const { target, atOnce } of imports.get(path) ?? []) {
			if (atOnce && target !== path) follow(target);
		}
		trail.pop();
		done.add(path);
	}

	for (const path of imports.keys()) follow(path);
	return found;
}
