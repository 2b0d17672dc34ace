/**
 * A table that leaves the portal as a file: the same rows as comma-separated
 * values and as a sheet of a workbook (server/workbook.ts).
 */
import { toCsv, type CsvCell } from './csv.ts';

/** A part of a whole, from 0 to 1: 0.42 reads as 42 % in a workbook. */
export interface Share {
	readonly share: number;
}

export type SheetCell = string | number | Share | null;

export interface SheetColumn {
	readonly title: string;
	/** In letters, as spreadsheets count. */
	readonly width: number;
}

export interface Sheet {
	/** At most 31 letters, none of : \ / ? * [ ] – what spreadsheets take. */
	readonly name: string;
	readonly columns: readonly SheetColumn[];
	readonly rows: readonly (readonly SheetCell[])[];
}

/** The sheet with its heading; shares as numbers from 0 to 1. */
export function sheetCsv({ columns, rows }: Sheet): string {
	return toCsv([columns.map(({ title }) => title), ...rows.map((row) => row.map(csvOf))]);
}

/** More decimals than a class can tell apart would only look exact. */
const DECIMALS = 4;

/** As it is written in a file: null when it is not a number. */
export function roundedNumber(value: number): number | null {
	return Number.isFinite(value) ? Number(value.toFixed(DECIMALS)) : null;
}

function csvOf(cell: SheetCell): CsvCell {
	if (cell === null || typeof cell === 'string') return cell;
	return roundedNumber(typeof cell === 'number' ? cell : cell.share);
}
