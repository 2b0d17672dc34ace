/**
 * Files to take along. A page says how large each is, so the size must cost little and still be
 * true: it is the length of the file, remembered for as long as the same would be written.
 */
import { createHash } from 'node:crypto';
import { sheetCsv, type Sheet } from '../sheet.ts';
import { toXlsx, XLSX } from './workbook.ts';

export interface FileToTake<Name extends string = string> {
	readonly name: Name;
	readonly mediaType: string;
	/** How many bytes `content` has. Makes the file only when it was never measured. */
	sizeBytes(): Promise<number>;
	content(): Promise<Buffer>;
}

interface Making<Name extends string> {
	readonly name: Name;
	readonly mediaType: string;
	/** All that the bytes of the file depend on, as JSON can write it. */
	readonly from: unknown;
	readonly make: () => Buffer | Promise<Buffer>;
}

/** By a hash of what they are made from. A few bytes each; the oldest goes first. */
const sizes = new Map<string, number>();
const MOST_SIZES = 2_000;

export function fileToTake<Name extends string>(making: Making<Name>): FileToTake<Name> {
	const { name, mediaType, from, make } = making;
	const mark = () =>
		createHash('sha256')
			.update(JSON.stringify([name, from]))
			.digest('base64');
	const measured = (key: string, content: Buffer) => {
		const [oldest] = sizes.keys();
		if (oldest !== undefined && sizes.size >= MOST_SIZES) sizes.delete(oldest);
		sizes.set(key, content.length);
		return content.length;
	};
	return {
		name,
		mediaType,
		async sizeBytes() {
			const key = mark();
			return sizes.get(key) ?? measured(key, await make());
		},
		async content() {
			return make();
		}
	};
}

export function workbookFile<Name extends string>(name: Name, sheets: readonly Sheet[]) {
	return fileToTake({ name, mediaType: XLSX, from: sheets, make: () => toXlsx(sheets) });
}

/** One sheet as comma-separated values. */
export function csvFile<Name extends string>(name: Name, sheet: Sheet) {
	const make = () => Buffer.from(sheetCsv(sheet));
	return fileToTake({ name, mediaType: 'text/csv; charset=utf-8', from: sheet, make });
}
