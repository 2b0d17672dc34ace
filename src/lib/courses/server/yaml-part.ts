/**
 * YAML that knows its place: a value that does not fit the schema is reported
 * with the line it stands on, in a sentence for people who write lessons.
 */
import * as v from 'valibot';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { Mistakes } from './mistakes.ts';

type Path = readonly (string | number)[];

export interface YamlPart<T> {
	readonly value: T;
	/** The line in the file on which the value at this path begins. */
	lineOf(path: Path): number;
}

interface Source {
	readonly file: string;
	readonly text: string;
	/** The line of the file on which `text` begins. */
	readonly firstLine?: number;
}

/** `null` when it does not fit; the reasons are among the mistakes. */
export function readYaml<S extends v.GenericSchema>(
	schema: S,
	source: Source,
	mistakes: Mistakes
): YamlPart<v.InferOutput<S>> | null {
	const { file, text, firstLine = 1 } = source;
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const lineAt = (offset: number) => firstLine - 1 + Math.max(1, lines.linePos(offset).line);
	const lineOf = (path: Path) => lineAt(offsetOf(document, path));

	for (const error of document.errors) {
		mistakes.add(file, lineAt(error.pos[0]), `is not valid YAML: ${error.message}`);
	}
	if (document.errors.length > 0) return null;

	const parsed = v.safeParse(schema, document.toJS());
	if (parsed.success) return { value: parsed.output, lineOf };
	for (const issue of parsed.issues) {
		mistakes.add(file, lineOf(pathOf(issue)), sentenceFor(issue));
	}
	return null;
}

/** Where the value begins; of a value that is missing, where its parent does. */
function offsetOf(document: Document, path: Path): number {
	for (let length = path.length; length >= 0; length--) {
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return node.range[0];
	}
	return 0;
}

function pathOf(issue: v.BaseIssue<unknown>): (string | number)[] {
	return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

function sentenceFor(issue: v.BaseIssue<unknown>): string {
	const field = pathOf(issue).join('.') || 'the file';
	if (issue.received === 'undefined') return `the field "${field}" is missing`;
	if (issue.expected === 'never') return `the field "${field}" is not known`;
	return `the field "${field}" is ${issue.received}, expected ${issue.expected ?? issue.message}`;
}
