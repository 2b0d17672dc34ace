/**
 * What somebody wrote on a sheet (alat bantu), kept as the text of a note.
 *
 * Pure. An entry is named after its part, not after its place: a sheet that gains a line leaves
 * what was written where it belongs, and an entry whose part is gone is still shown.
 */
import * as v from 'valibot';
import type { Language } from './course.ts';
import { cellName } from './cell-name.ts';
import { writableParts, type Tool, type ToolPart, type WritablePart } from './tool.ts';

/** Of one field of a sheet, in UTF-16 units. */
export const LONGEST_ENTRY = 2_000;
export const LONGEST_CELL = 500;

/** Rows of cells for a table, a text for everything else: what was written, or the Indonesian word chosen. */
export type Entry = string | readonly (readonly string[])[];

export type FilledTool = ReadonlyMap<string, Entry>;

const kept = v.record(v.string(), v.union([v.string(), v.array(v.array(v.string()))]));

/** The name of a text that was no sheet. */
const LOOSE = 'text: ';

/** Of a box that is ticked. */
export const TICKED = 'v';

/** How the entry of a part is called, the same in every language. */
export function nameOf(part: WritablePart): string {
	return `${part.kind}: ${part.label.id}`;
}

const ENTRY_NAME = /^(?:text|choice|check|table): .{0,400}$/su;

/** Whether a field of a form can belong to a sheet at all, be it an earlier one. */
export const isEntryName = (name: string): boolean => ENTRY_NAME.test(name);

/** Reads a note. A text that is no sheet is kept as an entry of its own. */
export function readFilled(text: string): FilledTool {
	if (text === '') return new Map();
	const parsed = v.safeParse(kept, parsedJson(text));
	return new Map<string, Entry>(parsed.success ? Object.entries(parsed.output) : [[LOOSE, text]]);
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** The text of the note; empty when nothing is written. */
export function writeFilled(filled: FilledTool): string {
	const said = [...filled].filter(([, entry]) => !isEmpty(entry));
	return said.length === 0 ? '' : JSON.stringify(Object.fromEntries(said));
}

function isEmpty(entry: Entry): boolean {
	return typeof entry === 'string'
		? entry.trim() === ''
		: entry.every((row) => row.every((cell) => cell.trim() === ''));
}

/**
 * What a form sent: fields called after the parts, cells after their table. Entries that fit no
 * part of the sheet any more are kept as they came.
 */
export function filledBy(tool: Tool, fields: Readonly<Record<string, string>>): FilledTool {
	const left = new Map(Object.entries(fields));
	const filled = new Map<string, Entry>();
	for (const part of writableParts(tool)) {
		const name = nameOf(part);
		filled.set(name, part.kind === 'table' ? rowsOf(part, left) : (left.get(name) ?? ''));
		left.delete(name);
	}
	return new Map<string, Entry>([...filled, ...left]);
}

function rowsOf(
	part: Extract<ToolPart, { kind: 'table' }>,
	left: Map<string, string>
): readonly string[][] {
	const table = nameOf(part);
	return Array.from({ length: part.rows }, (_, row) =>
		part.columns.id.map((_, column) => {
			const name = cellName(table, row, column);
			const cell = left.get(name) ?? '';
			left.delete(name);
			return cell;
		})
	);
}

/** The text of an entry, cells side by side. */
export function asText(entry: Entry | undefined): string {
	if (entry === undefined) return '';
	if (typeof entry === 'string') return entry;
	return entry
		.filter((row) => row.some((cell) => cell !== ''))
		.map((row) => row.join(' | '))
		.join('\n');
}

/** The cell of a table, whatever became of its size. */
export function cellOf(entry: Entry | undefined, row: number, column: number): string {
	return typeof entry === 'object' ? (entry[row]?.[column] ?? '') : '';
}

export interface Line {
	readonly label: string;
	readonly text: string;
}

/** What is written, part by part, in words of the language; `ticked` is the word for a ticked box. */
export function linesOf(
	tool: Tool | null,
	filled: FilledTool,
	language: Language,
	ticked: string
): Line[] {
	const parts = tool ? writableParts(tool) : [];
	const known = parts.map((part) => ({
		label: part.label[language],
		text: wordsOf(part, filled.get(nameOf(part)), language, ticked)
	}));
	const loose = leftOver(tool, filled).map(({ label, text }) => ({ label, text }));
	return [...known, ...loose].filter(({ text }) => text !== '');
}

function wordsOf(
	part: WritablePart,
	entry: Entry | undefined,
	language: Language,
	ticked: string
): string {
	if (part.kind === 'check') return entry === TICKED ? ticked : '';
	if (part.kind !== 'choice') return asText(entry);
	const at = part.options.id.indexOf(asText(entry));
	return part.options[language][at] ?? asText(entry);
}

/** Entries whose part the sheet no longer has, under the name it had. */
export function leftOver(tool: Tool | null, filled: FilledTool): (Line & { name: string })[] {
	const names = new Set(tool ? writableParts(tool).map(nameOf) : []);
	return [...filled]
		.filter(([name]) => !names.has(name))
		.map(([name, entry]) => ({
			name,
			label: name.replace(/^\w+: /, ''),
			text: asText(entry)
		}));
}
