/**
 * A file of questions, read and laid out before anything is kept: each row with
 * what is wrong with it, the lesson it will belong to, and whether it is there
 * already. Nothing is taken over while one row has a problem.
 *
 * Pure.
 */
import { readCsv } from '#lib/platform/csv.ts';
import type { DraftItem, NoteCode, Problem, ReadRow } from '#lib/questions/exchange/draft.ts';
import { readGiftBlock } from '#lib/questions/exchange/gift-read.ts';
import { giftBlocks } from '#lib/questions/exchange/gift-text.ts';
import { readTable } from '#lib/questions/exchange/table-read.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { lessonKey, type Course, type Lesson } from '../course.ts';

export const fileKinds = ['gift', 'csv'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Far more than a course asks; a form may carry 512 kB. */
export const LARGEST_FILE_BYTES = 200_000;
export const MOST_ROWS = 200;

export interface BroughtFile {
	readonly name: string;
	readonly text: string;
	/** The key of the lesson for rows that name none. */
	readonly lesson: string;
}

export interface PreparedRow {
	readonly line: number;
	readonly title: string;
	/** Null when there are problems. */
	readonly draft: DraftItem | null;
	/** The key of the lesson it will ask about. */
	readonly objective: string;
	readonly problems: readonly Problem[];
	readonly notes: readonly RowNote[];
}

/** `other_place`: the file names a place that is no lesson, so the chosen one counts. */
export type RowNote = NoteCode | 'other_place';

export interface PreparedFile {
	readonly kind: FileKind;
	readonly rows: readonly PreparedRow[];
	readonly unknownColumns: readonly string[];
}

/** By its ending; what has none of ours is read as GIFT, which is plain text. */
export function kindOfFile(name: string): FileKind {
	return /\.csv$/i.test(name) ? 'csv' : 'gift';
}

/**
 * Refuses with `too_large` a file beyond the limits, with `invalid` one that holds
 * no question, whose letters are broken, or whose table lacks its columns.
 */
export function prepareFile(
	{ name, text, lesson }: BroughtFile,
	course: Pick<Course, 'modules'>
): PreparedFile {
	const bytes = new TextEncoder().encode(text).length;
	if (bytes > LARGEST_FILE_BYTES) {
		throw new Refusal('too_large', 'courses_refused_import_large', {
			most: LARGEST_FILE_BYTES / 1_000
		});
	}
	if (/\ufffd|\0/.test(text)) throw new Refusal('invalid', 'courses_refused_import_letters');
	const kind = kindOfFile(name);
	const { rows, unknownColumns } = kind === 'csv' ? readTableFile(text) : readGiftFile(text);
	if (rows.length === 0) throw new Refusal('invalid', 'courses_refused_import_empty');
	const lessons = course.modules.flatMap((module) => module.lessons);
	return { kind, unknownColumns, rows: rows.map((row) => placed(row, lesson, lessons)) };
}

interface Rows {
	readonly rows: readonly ReadRow[];
	readonly unknownColumns: readonly string[];
}

/** Before any of them is read: a file with too many keeps nobody waiting. */
function refuseTooMany(n: number): void {
	if (n <= MOST_ROWS) return;
	throw new Refusal('too_large', 'courses_refused_import_rows', { n, most: MOST_ROWS });
}

function readGiftFile(text: string): Rows {
	const blocks = giftBlocks(text);
	refuseTooMany(blocks.length);
	return { rows: blocks.map(readGiftBlock), unknownColumns: [] };
}

function readTableFile(text: string): Rows {
	const lines = readCsv(text);
	if (!lines) throw new Refusal('invalid', 'courses_refused_import_quotes');
	refuseTooMany(lines.length - 1);
	const table = readTable(lines);
	if (!table.readable) throw new Refusal('invalid', 'courses_refused_import_columns');
	return table;
}

function placed(row: ReadRow, otherwise: string, lessons: readonly Lesson[]): PreparedRow {
	const { line, title, draft, problems, place } = row;
	const found = place === null ? null : lessonCalled(place, lessons);
	const notes: RowNote[] =
		place !== null && !found ? [...row.notes, 'other_place'] : [...row.notes];
	return { line, title, draft, problems, notes, objective: found ?? otherwise };
}

const plain = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** By its key, its slug or its title, as a whole or as the last part of a category. */
function lessonCalled(place: string, lessons: readonly Lesson[]): string | null {
	const whole = plain(place);
	const last = plain(place.split('/').at(-1) ?? '');
	const found = lessons.find((lesson) => {
		const names = [lessonKey(lesson), lesson.slug, lesson.title.id, lesson.title.en].map(plain);
		return names.includes(whole) || names.includes(last);
	});
	return found ? lessonKey(found) : null;
}
