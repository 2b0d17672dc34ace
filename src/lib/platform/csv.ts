/**
 * Comma-separated values (RFC 4180) that Excel opens in the right letters and
 * without running anything: a byte order mark in front, and an apostrophe before
 * any text that a spreadsheet would take for a formula.
 */
export type CsvCell = string | number | null;

const BYTE_ORDER_MARK = '\uFEFF';

/** = + - @, tab, CR, LF, NUL, and the full-width forms that some spreadsheets read alike. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A whole file. Numbers stay numbers (with a dot); only texts can be formulas. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
	const lines = rows.map((row) => row.map(csvCell).join(','));
	return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('');
}

export function csvCell(cell: CsvCell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
	const safe = LOOKS_LIKE_FORMULA.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
