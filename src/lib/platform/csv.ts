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

export interface CsvRow {
	/** Of the file, from 1: where the row begins. */
	readonly line: number;
	readonly cells: readonly string[];
}

/**
 * Reads a file that this or another program has written: with commas, semicolons
 * (as Excel does where the comma is the decimal sign) or tabs, whichever the first
 * line has most of. Rows without a single letter are left out. The apostrophe that
 * `toCsv` puts before a formula is taken away again.
 *
 * Null when a quotation mark is never closed.
 */
export function readCsv(file: string): CsvRow[] | null {
	const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const separator = separatorIn(text);
	const rows: CsvRow[] = [];
	let [line, began, cell] = [1, 1, ''];
	let cells: string[] = [];
	let quoted = false;
	const endCell = () => {
		cells.push(unguarded(cell));
		cell = '';
	};
	const endRow = () => {
		endCell();
		if (cells.some((each) => each.trim() !== '')) rows.push({ line: began, cells });
		cells = [];
		began = line;
	};
	for (let at = 0; at < text.length; at++) {
		const letter = text[at] ?? '';
		if (letter === '\n') line++;
		if (quoted && letter === '"' && text[at + 1] === '"') cell += text[++at] ?? '';
		else if (letter === '"' && (quoted || cell === '')) quoted = !quoted;
		else if (quoted) cell += letter;
		else if (letter === separator) endCell();
		else if (letter === '\n') endRow();
		else cell += letter;
	}
	if (quoted) return null;
	if (cell !== '' || cells.length > 0) endRow();
	return rows;
}

function separatorIn(text: string): string {
	const first = text
		.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1)
		.replace(/"[^"]*"/g, '');
	const times = (sign: string) => first.split(sign).length;
	return [',', ';', '\t'].reduce((so, sign) => (times(sign) > times(so) ? sign : so));
}

const unguarded = (cell: string): string =>
	cell.startsWith("'") && LOOKS_LIKE_FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
