/**
 * Sheets as an Excel workbook. Every cell is typed: a text stays a text, also
 * one that begins with "=", and a number is a number that each computer writes
 * with its own decimal sign.
 */
import writeXlsxFile from 'write-excel-file/node';
import { roundedNumber, type Sheet, type SheetCell } from '../sheet.ts';
import { withoutControls } from '../xml.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function toXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
	return writeXlsxFile(
		sheets.map(({ name, columns, rows }) => ({
			sheet: name,
			columns: columns.map(({ width }) => ({ width })),
			stickyRowsCount: 1,
			data: [
				columns.map(({ title }) => ({ ...textCell(title), fontWeight: 'bold' as const })),
				...rows.map((row) => row.map(cellOf))
			]
		}))
	).toBuffer();
}

const textCell = (text: string) => ({
	type: String,
	value: withoutControls(text),
	wrap: true,
	alignVertical: 'top' as const
});

function cellOf(cell: SheetCell) {
	if (cell === null || cell === '') return null;
	if (typeof cell === 'string') return textCell(cell);
	const share = typeof cell !== 'number';
	const value = roundedNumber(share ? cell.share : cell);
	if (value === null) return null;
	const format = share ? { format: '0.0%' } : {};
	return { type: Number, value, alignVertical: 'top' as const, ...format };
}
